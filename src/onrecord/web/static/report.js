// A report: what is pointed at is lit with all that belongs to it, and notes stand beside their lines.
"use strict";

(() => {
  const NAMES = ["s", "e", "a"];
  // What happened, and who did it to whom.
  const LEAST_LINES = 2;
  let lit = [];
  let shown = "";

  const all = (selector) => document.querySelectorAll(`#found ${selector}`);

  // What the style sheet says of the width that there is.
  function has(selector, property) {
    const element = document.querySelector(`#found ${selector}`);
    return element !== null && getComputedStyle(element).getPropertyValue(property).trim() === "1";
  }

  // The innermost statement, event and actor at an element.
  function keysAt(element) {
    const keys = {};
    for (const name of NAMES) {
      const holder = element.closest(`[data-${name}]`);
      if (holder && holder.closest("#found")) keys[name] = holder.dataset[name].split(" ");
    }
    return keys;
  }

  function keysOfHash() {
    const found = /^#(?:[rn]-)?([se]\d+)$/.exec(location.hash);
    return found ? { [found[1][0]]: [found[1]] } : {};
  }

  function add(elements, style) {
    for (const element of elements) {
      element.classList.add(style);
      lit.push([element, style]);
    }
  }

  function light(keys, mayScroll) {
    const wanted = JSON.stringify(keys);
    if (wanted === shown) return;
    shown = wanted;
    for (const [element, style] of lit) element.classList.remove(style);
    lit = [];
    for (const s of keys.s ?? []) {
      add(all(`[data-s="${s}"]`), "lit");
      add(all(`.note[data-w="${s}"]`), "near");
      const row = document.getElementById(`r-${s}`);
      if (row?.dataset.by) add(all(`.written [data-a~="${row.dataset.by}"]`), "near");
      if (mayScroll) showRow(row);
    }
    for (const e of keys.e ?? []) {
      add(all(`[data-e="${e}"]`), "lit");
      const note = document.getElementById(`n-${e}`);
      for (const party of note?.querySelectorAll("[data-a]") ?? []) add(all(`.written [data-a~="${party.dataset.a}"]`), "near");
      if (note?.dataset.w) {
        const row = document.getElementById(`r-${note.dataset.w}`);
        if (row) add([row], "near");
        if (mayScroll && !keys.s) showRow(row);
      }
    }
    for (const a of keys.a ?? []) {
      add(all(`[data-a~="${a}"]`), "lit");
      add(all(`.row[data-by="${a}"]`), "near");
    }
  }

  // Only the list moves: whoever reads must not lose the line.
  function showRow(row) {
    const list = row?.closest(".rows");
    if (!list || !has(".rows", "--scrolls")) return;
    const [its, seen] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    if (its.top < seen.top || its.bottom > seen.bottom) list.scrollTop += its.top - seen.top - list.clientHeight / 3;
  }

  function point(event) {
    if (!(event.target instanceof Element)) return;
    const keys = keysAt(event.target);
    const pinned = !Object.keys(keys).length;
    light(pinned ? keysOfHash() : keys, !pinned && event.target.closest(".written, .margin") !== null);
  }

  // Each note stands at its line, or under the note before it; where the next comes soon it shows only as many lines as there is room for.
  function place() {
    const margin = document.querySelector("#found .margin");
    if (!margin) return;
    const isBeside = has(".margin", "--beside");
    const notes = [...margin.querySelectorAll(".note")];
    const list = margin.querySelector(".notes");
    margin.classList.toggle("placed", isBeside);
    for (const note of notes) note.style.maxHeight = "";
    if (!isBeside) {
      list.style.minHeight = "";
      return;
    }
    const begin = list.getBoundingClientRect().top;
    const lines = notes.map((note) => document.getElementById(note.dataset.e).getBoundingClientRect().top - begin);
    const heights = notes.map((note) => note.offsetHeight);
    const style = getComputedStyle(list);
    const line = parseFloat(style.lineHeight);
    const around = 2;
    const gap = 6;
    let free = 0;
    notes.forEach((note, n) => {
      const top = Math.max(free, lines[n]);
      const room = n + 1 < notes.length ? lines[n + 1] - top - gap : Infinity;
      const fitting = Math.max(LEAST_LINES, Math.floor((room - around) / line)) * line + around;
      const height = Math.min(heights[n], fitting);
      note.style.top = `${top}px`;
      note.style.maxHeight = height < heights[n] ? `${height}px` : "";
      free = top + height + gap;
    });
    list.style.minHeight = `${free}px`;
  }

  // A label leads to its row or note; where that is seen beside it, and lit, it is the address of its mark.
  function lead() {
    const isSeen = { s: has(".rows", "--scrolls"), e: has(".margin", "--beside") };
    for (const label of all(".written .label")) {
      const isStatement = "s" in label.dataset;
      const there = `${isStatement ? "r" : "n"}-${label.id}`;
      label.setAttribute("href", `#${isSeen[isStatement ? "s" : "e"] ? label.id : there}`);
    }
  }

  function settle() {
    place();
    lead();
  }

  function setUp() {
    settle();
    shown = "";
    lit = [];
    light(keysOfHash(), true);
  }

  let waiting = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(settle);
  }).observe(document.documentElement);
  // A page that scrolls under a pointer at rest points at nothing.
  let rests = "";
  document.addEventListener("pointerover", (event) => {
    const at = `${event.clientX} ${event.clientY}`;
    if (at !== rests) point(event);
    rests = at;
  });
  document.addEventListener("focusin", point);
  document.addEventListener("change", (event) => event.target.closest(".narrow")?.requestSubmit());
  window.addEventListener("hashchange", () => light(keysOfHash(), true));
  for (const after of ["htmx:afterSettle", "htmx:historyRestore"]) document.addEventListener(after, setUp);
  setUp();
})();
