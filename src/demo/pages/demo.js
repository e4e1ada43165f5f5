// Looks for news every second and puts the new content in the place of the old; what changed is lit for a moment.
(() => {
  const place = document.querySelector("[data-live]");
  if (!place) return;
  const PAUSE = 1000, PAUSE_AFTER_FAILURE = 5000;
  let shown = null;

  const versions = () => new Map([...place.querySelectorAll("[data-version]")].map(row => [row.id, row.dataset.version]));

  const put = html => {
    const before = versions();
    const open = [...place.querySelectorAll("details[open][id]")].map(details => details.id);
    place.innerHTML = html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (before.size === 0) return;
    for (const row of place.querySelectorAll("[data-version]")) {
      if (before.get(row.id) !== row.dataset.version) row.classList.add("fresh");
    }
  };

  const look = async () => {
    let pause = PAUSE;
    try {
      if (!document.hidden) {
        const answer = await fetch(place.dataset.live);
        if (!answer.ok) throw new Error(answer.status);
        const html = await answer.text();
        if (shown !== null && html !== shown) put(html);
        shown = html;
        document.body.classList.remove("stopped");
      }
    } catch {
      document.body.classList.add("stopped");
      pause = PAUSE_AFTER_FAILURE;
    }
    setTimeout(look, pause);
  };
  look();
})();
