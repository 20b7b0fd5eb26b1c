// Add: files are dropped on their form and named before they are sent; the end of a reading is told to who cannot see it.
"use strict";

const form = document.getElementById("files");
if (form) {
  const drop = form.querySelector(".drop");
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".chosen");
  form.classList.add("scripted");

  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);
  input.addEventListener("change", () => {
    list.hidden = input.files.length === 0;
    list.replaceChildren(
      ...Array.from(input.files, (file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name}, ${size(file.size)}`;
        return item;
      }),
    );
  });

  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  });
}

const told = document.getElementById("told");
if (told) {
  let state = document.getElementById("job").dataset.state;
  document.addEventListener("htmx:afterSwap", () => {
    const job = document.getElementById("job");
    if (job && job.dataset.state !== state) {
      state = job.dataset.state;
      told.textContent = `${job.querySelector("h1").textContent}. ${job.querySelector(".sum").textContent}`;
      document.title = `${job.querySelector("h1").textContent} · onrecord`;
    }
  });
}
