// Copies a quotation with its reference in one click. Where a browser gives no clipboard, it is selected, to be copied by hand.
"use strict";

(() => {
  const told = document.getElementById("copied");
  let quiet = 0;

  function tell(words) {
    // Emptied first, so that the same words are read out again.
    told.textContent = "";
    clearTimeout(quiet);
    setTimeout(() => { told.textContent = words; }, 50);
    quiet = setTimeout(() => { told.textContent = ""; }, 6000);
  }

  function wordsOf(quotation) {
    const words = (part) => quotation.querySelector(part).textContent.trim().replace(/\s+/g, " ");
    return `${words("blockquote")} (${words("figcaption")})`;
  }

  function select(quotation) {
    const range = document.createRange();
    range.selectNodeContents(quotation);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const quotation = button.closest("li").querySelector(".quotation");
      try {
        await navigator.clipboard.writeText(wordsOf(quotation));
        tell("Copied with its reference.");
      } catch {
        select(quotation);
        tell("Selected: copy it with the keyboard.");
      }
    });
  }
})();
