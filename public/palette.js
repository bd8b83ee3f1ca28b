// The search over everything in a dialog over any page, opened by Ctrl K (⌘ K) or the link to it in the top bar. What it
// finds is what the page of the search shows (`#results` of `/search`), so it works the same without scripts.
//
// Arrows move between the field and what was found, Enter in the field goes to the page of the search, Esc closes: the
// browser then gives the focus back to where it was.
(() => {
  const opener = document.querySelector(".topbar-search");
  if (!opener) return;
  const path = opener.getAttribute("href");
  if (/^(Mac|iP)/.test(navigator.platform)) opener.querySelector("kbd").textContent = "⌘ K";

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };

  const field = element("input", {
    type: "text",
    name: "q",
    "aria-label": "Search for",
    placeholder: "Any id, name, domain, order number or PO number",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  });
  const close = element("button", { type: "button", class: "button quiet" }, "Close");
  // There from the start, so that screen readers notice what comes into it.
  const count = element("p", { class: "palette-count", role: "status" });
  const list = element("div", { class: "palette-list" });
  const form = element("form", { method: "get", action: path, role: "search" }, field, close);
  const dialog = element("dialog", { class: "palette", "aria-label": "Search everything" }, form, count, list);

  // An answer to what was typed before comes too late.
  let asked = 0;
  const ask = async () => {
    asked += 1;
    const mine = asked;
    const question = `${path}?${new URLSearchParams({ q: field.value })}`;
    const answer = await fetch(question, { headers: { accept: "text/html" } }).catch(() => null);
    const text = answer?.ok && !answer.redirected ? await answer.text().catch(() => null) : null;
    if (mine !== asked) return;
    const found = text && new DOMParser().parseFromString(text, "text/html").getElementById("results");
    const ledAway = answer?.redirected && new URL(answer.url).pathname === "/sign-in";
    show(found, ledAway || answer?.status === 401);
  };

  const show = (found, signedOut) => {
    if (list.contains(document.activeElement)) field.focus();
    const counted = found?.querySelector(".count");
    counted?.remove();
    list.replaceChildren(...(found?.childNodes ?? []));
    if (counted) count.textContent = counted.textContent;
    else if (signedOut) count.textContent = "You are signed out. Press Enter to sign in again.";
    else count.textContent = "The search did not answer. Press Enter to try its page.";
  };

  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 80);
  });

  const open = () => {
    // The page of the search has its field.
    const here = document.querySelector(`#main form[action="${path}"] input[name="q"]`);
    if (here) {
      here.focus();
      here.select();
      return;
    }
    if (document.querySelector("dialog[open]:not(.palette)")) return;
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) {
      dialog.showModal();
      ask();
    }
    field.focus();
    field.select();
  };

  const move = (step) => {
    // What leads on to a whole list is reached by Tab.
    const links = [...list.querySelectorAll(".list a")];
    const to = links.indexOf(document.activeElement) + step;
    if (to < 0) field.focus();
    else links[to]?.focus();
  };

  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(step);
  });
  dialog.addEventListener("click", ({ target }) => (target === dialog || target === close) && dialog.close());
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    asked += 1;
  });

  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open();
  });
  // A page that comes back as it was left shows itself, not the search that led away from it.
  addEventListener("pagehide", () => dialog.close());
})();
