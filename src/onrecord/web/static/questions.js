// Questions: fields that were left empty stay out of the address, what is wrong is shown as what is right is, and the answer is told to who
// hears the page. All of it works without this, with whole pages.
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters, path } = event.detail;
  if (path.startsWith("/names")) return;
  for (const name of [...parameters.keys()]) {
    const given = parameters.getAll(name).filter((value) => value.trim() !== "");
    parameters.delete(name);
    if (name === "updates" && given[0] === "true") continue;
    for (const value of given) parameters.append(name, value);
  }
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (xhr.status === 400 && target?.id === "question") {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "question") return;
  const told = document.querySelector("#fault, #count");
  document.querySelector("#told").textContent = told ? told.textContent.trim().replace(/\s+/g, " ") : "";
  // What was clicked may be gone with what was asked: who goes on by keyboard goes on from the answer.
  if (document.activeElement === document.body) told?.focus({ preventScroll: true });
});
