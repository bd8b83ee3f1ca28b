// Buttons that copy a text to the clipboard: their own (`data-copy`), or that of an element (`data-copy-from`, its id).
// Without scripts they stay hidden and the text can be marked.
(() => {
  const buttons = "button:is([data-copy], [data-copy-from])";
  const show = () => {
    for (const button of document.querySelectorAll(`${buttons}[hidden]`)) button.hidden = false;
  };
  if (navigator.clipboard) {
    show();
    addEventListener("refreshed", show);
  }

  const text = ({ copy, copyFrom }) => copy ?? document.getElementById(copyFrom)?.textContent ?? "";

  addEventListener("click", async (event) => {
    const button = event.target.closest?.(buttons);
    if (!button) return;
    // A second click comes while the first one's answer stands there.
    const label = (button.dataset.label ??= button.textContent);
    try {
      await navigator.clipboard.writeText(text(button.dataset));
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed by the browser";
    }
    setTimeout(() => (button.textContent = label), 2000);
  });
})();
