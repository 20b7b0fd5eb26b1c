// What a copy changed comes in place of the link to it: it is opened at once, and who came by the keyboard goes on there.
document.addEventListener("htmx:afterSwap", (event) => {
  const changed = event.detail.elt.closest?.(".changed") ?? document.querySelector(".changed:focus-within");
  const details = changed?.querySelector("details");
  if (details) {
    details.open = true;
    details.querySelector("summary").focus();
  }
});
