// Parts of a page that are still being read (`data-refresh`, with an id) are looked for again after so many seconds,
// each time twice as long, until they are there or a minute has gone by. What takes longer (`data-refresh-on`) is looked
// for every 15 seconds until it is through.
(() => {
  const parts = () => [...document.querySelectorAll("[data-refresh][id]")];

  const look = async (seconds) => {
    await new Promise((done) => setTimeout(done, seconds * 1000));
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts()) {
        const there = page.getElementById(part.id);
        if (there) part.replaceWith(there);
        else delete part.dataset.refresh;
      }
      dispatchEvent(new Event("refreshed"));
    }
    if (answer?.redirected) return;
    if (document.querySelector("[data-refresh-on][id]")) look(Math.min(seconds * 2, 15));
    else if (parts().length > 0 && seconds < 32) look(seconds * 2);
  };

  const [first] = parts();
  if (first) look(Number(first.dataset.refresh));
})();
