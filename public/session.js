// Says two minutes before the session ends that it will, and when it has. What is on the page stays as it is, the focus too.
//
// The server is asked first (`/session`, which prolongs nothing): another tab may have gone on meanwhile. Once the session has
// ended it is asked no more before somebody comes back to the page: they may have signed in again.
(() => {
  const { left, warning } = document.currentScript.dataset;
  const early = Number(warning);
  const texts = {
    idle: "You will be signed out in less than 2 minutes, because nothing was done for a while. What you typed stays here.",
    final:
      "You will be signed out in less than 2 minutes: nobody stays signed in for longer than this. What you typed stays here. Sign in anew in another tab and go on.",
    over: "You are signed out. What you typed stays here. Sign in again in another tab, then go on.",
  };

  // There from the start and empty, so that screen readers notice what comes into it.
  const place = document.createElement("div");
  place.className = "toasts";
  place.setAttribute("role", "status");
  document.body.append(place);

  let shown;
  let before;
  const show = (which) => {
    if (shown === which) return;
    const held = place.contains(document.activeElement);
    shown = which;
    place.replaceChildren(...(which ? [notice(which)] : []));
    if (held) (which ? place.querySelector("button, a") : before)?.focus();
  };

  const notice = (which) => {
    const toast = document.createElement("div");
    toast.className = "toast";
    const text = document.createElement("p");
    text.textContent = texts[which];
    toast.append(text, which === "idle" ? stay() : signIn(which));
    return toast;
  };

  const stay = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Stay signed in";
    button.addEventListener("click", async () => {
      const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
      await fetch("/api/stay_signed_in", { method: "POST", headers, body: "" }).catch(() => null);
      ask();
    });
    return button;
  };

  const signIn = (which) => {
    const link = document.createElement("a");
    link.href = "/sign-in";
    link.target = "_blank";
    link.textContent = which === "over" ? "Sign in" : "Sign in anew";
    return link;
  };

  let timer;
  let due;
  const askIn = (seconds) => {
    clearTimeout(timer);
    due = Date.now() + seconds * 1000;
    timer = setTimeout(ask, seconds * 1000);
  };

  async function ask() {
    const headers = { accept: "application/json", "x-unattended": "1" };
    const answer = await fetch("/session", { headers }).catch(() => null);
    // The connection may break off in the midst of it.
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (told?.over) {
      show("over");
      clearTimeout(timer);
      due = Infinity;
    } else if (told) {
      const { left, final } = told;
      show(left > early ? undefined : final ? "final" : "idle");
      askIn(left > early ? left - early : Math.max(1, Math.min(left, 15)));
    } else {
      askIn(30);
    }
  }

  place.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !place.contains(relatedTarget)) before = relatedTarget;
  });
  // Timers stand still while a computer sleeps.
  addEventListener("visibilitychange", () => !document.hidden && (shown || Date.now() >= due) && ask());
  addEventListener("focus", () => shown === "over" && ask());
  addEventListener("pageshow", ({ persisted }) => persisted && ask());
  askIn(Math.max(1, Number(left) - early));
})();
