// Loads the wasm of a page's islands when the page is idle or first touched; a page without islands loads nothing.
(() => {
  const { js, wasm } = document.currentScript.dataset;
  if (!document.querySelector("leptos-island")) return;

  let started = false;
  let tries = 3;
  const start = async () => {
    if (started) return;
    started = true;
    let islands;
    try {
      islands = await import(js);
      await islands.default({ module_or_path: wasm });
    } catch {
      // The connection broke off. The forms work without; some more tries when there may be one again.
      tries -= 1;
      if (tries === 0) return;
      started = false;
      setTimeout(start, 10_000);
      return;
    }
    islands.hydrate();
    for (const island of document.querySelectorAll("leptos-island")) {
      await islands[island.dataset.component]?.(island);
      island.dataset.ready = "";
    }
  };

  for (const touch of ["pointerdown", "keydown", "focusin"]) {
    addEventListener(touch, start, { once: true, passive: true });
  }
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 2000 });
  else setTimeout(start);
})();
