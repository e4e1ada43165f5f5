// Says while an EAN is typed how many digits there are and whether the check digit fits. Nothing depends on it: the server
// looks again when the form is sent.
"use strict";
function digitsOf(text) { return text.replace(/\D/g, ""); }
function fits(ean) {
  let sum = 0;
  for (let place = 0; place < 17; place += 1) { sum += Number(ean[place]) * (place % 2 === 0 ? 3 : 1); }
  return (10 - (sum % 10)) % 10 === Number(ean[17]);
}
for (const field of document.querySelectorAll("input[data-ean]")) {
  const tally = document.getElementById("tally-" + field.id);
  const say = () => {
    const ean = digitsOf(field.value);
    const right = ean.length === 18 && ean.startsWith("54") && fits(ean);
    tally.classList.toggle("right", right);
    tally.classList.toggle("off", !right && ean.length >= 18);
    if (ean.length === 0) { tally.textContent = ""; }
    else if (right) { tally.textContent = "✓ " + field.dataset.good; }
    else if (ean.length === 18) { tally.textContent = field.dataset.wrong; }
    else { tally.textContent = field.dataset.short.replace("{digits}", String(ean.length)); }
  };
  field.addEventListener("input", say);
  say();
}
// Who types another value does not mean "yes, it is right".
for (const yes of document.querySelectorAll("input[type=radio]")) {
  const value = document.getElementById(yes.name.replace(".right", ""));
  if (value) {
    value.addEventListener("input", () => { if (value.value !== "") { yes.checked = false; } });
    yes.addEventListener("change", () => { if (yes.checked) { value.value = ""; } });
  }
}
