// Correct: words that are selected in the passage become a part of the finding; modes are shown of the chosen type alone.
(() => {
  const passage = document.getElementById("passage");
  const form = document.getElementById("fix");
  if (!passage || !form) return;
  for (const told of document.querySelectorAll(".scripted")) told.hidden = false;

  const NAMES = {source: "source", cue: "cue", content: "content", trigger: "words for the act", actor: "who acts", recipient: "to whom"};
  const fields = (role) => [...form.querySelectorAll(`textarea[data-role="${role}"]`)];
  const placeOf = (field) => field.nextElementSibling;

  // Offsets are code points of the report's text, as everywhere.
  const points = (words) => [...words].length;

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(passage);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const bare = words.trim();
    if (!bare) return null;
    const start = Number(passage.dataset.start) + points(before.toString()) + points(words.slice(0, words.indexOf(bare)));
    return {words: bare, at: `${start}-${start + points(bare)}`};
  }

  // The first field of the part that is empty, where it may have several; else the only one.
  function fieldFor(role) {
    const all = fields(role);
    return role === "content" || all.length > 1 ? all.find((field) => !field.value.trim()) || all[all.length - 1] : all[0];
  }

  function put(role, chosen, replaces) {
    const all = fields(role);
    if (replaces) for (const field of all.slice(1)) { field.value = ""; placeOf(field).value = ""; }
    const field = replaces ? all[0] : fieldFor(role);
    field.value = chosen.words;
    placeOf(field).value = chosen.at;
    said.textContent = `“${chosen.words}” is now ${NAMES[role]}.`;
    field.classList.add("chosen");
  }

  const chooser = document.createElement("div");
  chooser.className = "chooser panel";
  chooser.setAttribute("role", "group");
  chooser.setAttribute("aria-label", "The selected words are");
  chooser.hidden = true;
  const label = document.createElement("span");
  label.textContent = "The selected words are:";
  chooser.append(label);
  const roles = Object.keys(NAMES).filter((role) => fields(role).length);
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    // The selection must outlive the click.
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => { if (last) act(last); });
    chooser.append(made);
  };
  for (const role of roles) button(role === "content" ? "the content" : NAMES[role], (chosen) => put(role, chosen, role !== "actor" && role !== "recipient"));
  if (roles.includes("content")) button("a further piece of the content", (chosen) => put("content", chosen, false));
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "dim";
  passage.after(chooser, said);

  let last = null;
  document.addEventListener("selectionchange", () => {
    const now = selected();
    if (now) last = now;
    chooser.hidden = !now;
  });

  // Words that are typed stand wherever they are found.
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-role]")) placeOf(event.target).value = "";
  });

  const type = document.getElementById("type");
  if (type) {
    const show = () => {
      for (const group of form.querySelectorAll(".modes")) {
        const fits = group.dataset.type === type.value;
        group.hidden = !fits;
        if (!fits) for (const box of group.querySelectorAll("input")) box.checked = false;
      }
    };
    type.addEventListener("change", show);
    show();
  }
})();
