// Applies the chosen theme before the first paint and wires the switch in the top bar.
// No choice, or one that equals the system's, is not stored: the page then follows the system.
(() => {
  const root = document.documentElement;
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);

  const label = () => {
    for (const button of document.querySelectorAll(".theme-switch")) {
      const text = isDark() ? "Use light theme" : "Use dark theme";
      button.setAttribute("aria-label", text);
      button.title = text;
    }
  };

  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // Storage may be blocked; the system's theme is good enough.
    }
  };

  const store = (theme) => {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch {
      // The choice then lasts for this page only.
    }
  };

  apply(stored());
  addEventListener("DOMContentLoaded", label);
  systemDark.addEventListener("change", label);
  addEventListener("storage", (event) => {
    if (event.key !== "theme") return;
    apply(event.newValue);
    label();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".theme-switch")) return;
    const dark = !isDark();
    const choice = dark === systemDark.matches ? null : dark ? "dark" : "light";
    store(choice);
    apply(choice);
    label();
  });
})();
