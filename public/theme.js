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

  // A cookie, because signing out clears the storage.
  const stored = () => /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1] ?? null;

  const store = (theme) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${theme ?? ""}; Path=/; SameSite=Lax; Max-Age=${theme ? 31536000 : 0}${secure}`;
  };
  apply(stored());
  addEventListener("DOMContentLoaded", label);
  systemDark.addEventListener("change", label);
  // Another tab may have chosen meanwhile.
  addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    apply(stored());
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
