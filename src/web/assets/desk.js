// The desk by keyboard, and a list that keeps itself up to date. Without it everything works by mouse and Tab.
//
// What has a key carries it as `data-key`, and what it does in words as `data-says`: a button is pressed, a field gets the
// focus, a link is followed. What is dangerous gets the focus only: Enter then does it.
"use strict";
(() => {
  const RETRY_MILLISECONDS = 5000;
  const all = selector => [...document.querySelectorAll(selector)];
  const isSeen = element => element.getClientRects().length > 0;
  const isField = element => element?.matches("input, textarea, select") ?? false;
  let leaving = false;
  addEventListener("submit", () => { leaving = true; });
  // Back by the browser's button: the page is as it was.
  addEventListener("pageshow", () => { leaving = false; });

  const act = element => {
    if (element.matches("form")) element = element.querySelector("input:not([type=hidden])") ?? element;
    if (element.matches("input, textarea, summary, .danger")) {
      element.focus();
      element.select?.();
      element.scrollIntoView({ block: "nearest" });
    } else {
      element.click();
    }
  };

  const step = by => {
    const rows = all(".row-link");
    const at = rows.indexOf(document.activeElement);
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return next !== undefined;
  };

  const help = () => {
    const old = document.querySelector("dialog.keys");
    if (old) return old.remove();
    const dialog = document.createElement("dialog");
    dialog.className = "keys";
    const title = document.createElement("h2");
    title.textContent = "Keys of this page";
    const list = document.createElement("dl");
    const rows = all(".row-link").length > 0 ? [["j k", "Next, previous row"], ["Enter", "Open"]] : [];
    for (const element of all("[data-key]")) {
      if (isSeen(element) && element.dataset.key) rows.push([element.dataset.key, element.dataset.says]);
    }
    rows.push(["Ctrl K", "Find a registration"], ["Ctrl Enter", "Send the form you write in"], ["Esc", "Leave a field"], ["?", "These keys"]);
    for (const [key, says] of rows) {
      const keys = document.createElement("dt");
      for (const one of key.split(" ")) keys.append(Object.assign(document.createElement("kbd"), { textContent: one }));
      list.append(keys, Object.assign(document.createElement("dd"), { textContent: says }));
    }
    dialog.append(title, list);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    dialog.showModal();
  };

  addEventListener("keydown", event => {
    if (event.isComposing || event.altKey || leaving) return;
    const here = document.activeElement;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const search = document.querySelector(".top [type=search]");
      if (search) { event.preventDefault(); act(search); }
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && here?.form) {
      const form = here.form;
      const button = form.querySelector("button.primary") ?? form.querySelector("button");
      event.preventDefault();
      form.requestSubmit(button);
      return;
    }
    if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && isField(here)) return here.blur();
    if (isField(here) && here.type !== "checkbox") return;
    if (event.key === "?") { event.preventDefault(); return help(); }
    const element = all("[data-key]").find(one => one.dataset.key === event.key && isSeen(one));
    if (element) { event.preventDefault(); return act(element); }
    if ((event.key === "j" && step(1)) || (event.key === "k" && step(-1))) event.preventDefault();
  });

  // The list: what is new comes in place; the focus stays on the row it was on.
  const list = () => document.querySelector("[data-pulse]");
  const first = () => { if (document.activeElement === document.body) list()?.querySelector(".row-link")?.focus({ preventScroll: true }); };
  const refresh = async () => {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok || answer.redirected) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, now] = [list(), fresh.querySelector("[data-pulse]")];
    if (!old || !now) return;
    const focused = document.activeElement?.closest("[data-pulse]") ? document.activeElement.getAttribute("href") : null;
    old.replaceWith(document.adoptNode(now));
    document.title = fresh.title;
    if (focused !== null) (all(".row-link").find(row => row.getAttribute("href") === focused) ?? all(".row-link")[0])?.focus({ preventScroll: true });
  };
  let source = null;
  const listen = () => {
    source?.close();
    source = null;
    // A browser has few connections to one server: pages that nobody looks at keep none.
    if (document.hidden || !list()) return;
    source = new EventSource("/desk/news");
    source.addEventListener("pulse", event => {
      document.body.classList.remove("stopped");
      if (event.data !== list()?.dataset.pulse) refresh().catch(() => {});
    });
    source.addEventListener("error", () => {
      document.body.classList.add("stopped");
      if (source?.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MILLISECONDS);
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
  first();
})();
