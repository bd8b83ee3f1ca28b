// Parts of a page (elements with an id) that are looked for again: the page is fetched once more and their content taken
// over. A part that holds the focus, or something that was entered, waits until it no longer does.
//
// `data-refresh` is still being read: it is looked for after so many seconds, each time twice as long, until it is there
// or a minute has gone by; with `data-refresh-on` every 15 seconds until it is through. Where the part is gone by then
// `data-then` says what stands there, and with `data-then-load` the page is loaded.
//
// `data-live` names what it is about (`intent:7 orders:all`): it is looked for when the server tells that this changed
// (`/events`). Where the server cannot be heard it is looked for after growing pauses, for a quarter of an hour; then
// `data-live-stopped` says so. `data-live-from` is another page that has the part.
(() => {
  const parts = (which) => [...document.querySelectorAll(`${which}[id]`)];
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  let since = document.getElementById("main")?.dataset.at;
  // Signed out, or not to be seen any more: asking again changes nothing.
  let stopped = false;

  const foldAlike = (part, there) => {
    const folds = there.querySelectorAll("details");
    for (const [at, fold] of part.querySelectorAll("details").entries()) if (folds[at]) folds[at].open = fold.open;
  };

  // How long ago something was changes all the time.
  const timeless = (part) => {
    const copy = part.cloneNode(true);
    for (const time of copy.querySelectorAll("time")) time.removeAttribute("title");
    return copy;
  };

  const takeOver = (part, there) => {
    for (const name of part.getAttributeNames()) if (!there.hasAttribute(name)) part.removeAttribute(name);
    for (const { name, value } of there.attributes) part.setAttribute(name, value);
    part.replaceChildren(...there.childNodes);
  };

  const isEntered = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) {
      const byDefault = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(byDefault, 0);
    }
    return field.type !== "hidden" && field.value !== field.defaultValue;
  };
  const isInUse = (part) =>
    part.contains(document.activeElement) || [...part.querySelectorAll("input, select, textarea")].some(isEntered);

  const waiting = new Set();
  const renew = (part, page) => {
    const there = page.getElementById(part.id);
    waiting.delete(part.id);
    if (!there) {
      if ("thenLoad" in part.dataset) location.reload();
      if ("then" in part.dataset) part.textContent = part.dataset.then;
      delete part.dataset.then;
      delete part.dataset.refresh;
      delete part.dataset.live;
      return;
    }
    foldAlike(part, there);
    if (timeless(part).isEqualNode(timeless(there))) return;
    if (isInUse(part)) waiting.add(part.id);
    else takeOver(part, there);
  };

  const sayThatItStopped = () => {
    const note = document.querySelector("[data-live-stopped]");
    if (note) note.textContent = note.dataset.liveStopped;
  };

  const fetchPage = async (url) => {
    const answer = await fetch(url, { headers: { accept: "text/html", "x-unattended": "1" } }).catch(() => null);
    const isOver = [401, 403, 404, 410].includes(answer?.status);
    if (isOver || (answer?.redirected && new URL(answer.url).pathname === "/sign-in")) {
      stopped = true;
      sayThatItStopped();
    }
    if (!answer?.ok || answer.redirected) return null;
    // The connection may break off in the midst of it.
    const text = await answer.text().catch(() => null);
    if (text === null) return null;
    const page = new DOMParser().parseFromString(text, "text/html");
    // Inside a parsed page these are elements, and would reload it.
    for (const element of page.querySelectorAll("noscript")) element.remove();
    return page;
  };

  // Whether every page could be fetched.
  const look = async (wanted) => {
    let all = true;
    const here = location.href.split("#")[0];
    const source = (part) => new URL(part.dataset.liveFrom ?? here, here).href;
    for (const url of new Set(wanted.map(source))) {
      const page = await fetchPage(url);
      if (!page) {
        all = false;
        continue;
      }
      for (const part of wanted) if (source(part) === url) renew(part, page);
      if (url === here) {
        document.title = page.title;
        since = page.getElementById("main")?.dataset.at ?? since;
      }
      dispatchEvent(new Event("refreshed"));
    }
    return all;
  };

  let refreshing = false;
  const refresh = async () => {
    const [first] = parts("[data-refresh]");
    if (refreshing || !first) return;
    refreshing = true;
    let seconds = Number(first.dataset.refresh);
    const patient = () => parts("[data-refresh-on]").length > 0;
    while (!stopped && (patient() || (parts("[data-refresh]").length > 0 && seconds <= 32))) {
      await pause(patient() ? Math.min(seconds, 15) : seconds);
      await look(parts(":is([data-refresh], [data-live])"));
      seconds *= 2;
    }
    refreshing = false;
  };

  const topics = () => [...new Set(parts("[data-live]").flatMap((part) => part.dataset.live.split(" ")))];

  // What was told while a look was under way is looked for after it.
  let due = new Set();
  let looking = false;
  const told = async (topic) => {
    due.add(topic);
    if (looking) return;
    looking = true;
    while (due.size > 0 && !stopped) {
      await pause(0.2);
      const about = due;
      due = new Set();
      const concerned = (part) => about.has("*") || part.dataset.live.split(" ").some((topic) => about.has(topic));
      if (await look(parts("[data-live]").filter(concerned))) continue;
      for (const topic of about) due.add(topic);
      await pause(5);
    }
    looking = false;
    refresh();
    listen();
  };

  let polling = false;
  const poll = async () => {
    if (polling) return;
    polling = true;
    const end = Date.now() + 15 * 60 * 1000;
    for (let seconds = 2; parts("[data-live]").length > 0 && !stopped; seconds = Math.min(seconds * 1.25, 15)) {
      if (Date.now() > end) {
        sayThatItStopped();
        break;
      }
      await pause(seconds);
      if (!document.hidden) await look(parts("[data-live]"));
    }
    polling = false;
  };

  let stream;
  let heardOf = "";
  let silence;
  const close = () => {
    clearTimeout(silence);
    stream?.close();
    stream = undefined;
    heardOf = "";
  };

  // A hidden page lets go of its stream: browsers have few connections for a server.
  const listen = () => {
    const wanted = document.hidden || stopped || polling ? [] : topics().sort();
    if (wanted.join(" ") === heardOf) return;
    close();
    if (wanted.length === 0) return;
    heardOf = wanted.join(" ");
    const query = new URLSearchParams(wanted.map((topic) => topic.split(/:(.*)/s).slice(0, 2)));
    if (since) query.set("since", since);
    stream = new EventSource(`/events?${query}`);
    const giveUp = () => {
      close();
      poll();
    };
    // A proxy may keep back what the server sends.
    silence = setTimeout(giveUp, 10_000);
    // A computer that slept may hold a dead connection.
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        close();
        told("*");
      }, 40_000);
    };
    stream.addEventListener("ready", alive);
    stream.addEventListener("beat", alive);
    stream.onmessage = ({ data }) => {
      alive();
      told(data.split(" ")[0]);
    };
    stream.onerror = ({ target }) => target.readyState === EventSource.CLOSED && giveUp();
  };

  addEventListener("focusout", () =>
    setTimeout(() => {
      const left = [...waiting].map((id) => document.getElementById(id)).filter((part) => part && !isInUse(part));
      if (left.length > 0) look(left);
    }),
  );
  addEventListener("visibilitychange", listen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", listen);

  refresh();
})();
