// A part of a page that is still being read (`data-refresh`, with an id) looks for itself again after so many seconds,
// each time twice as long, until it is there or a minute has gone by.
(() => {
  const look = async (id, seconds) => {
    await new Promise((done) => setTimeout(done, seconds * 1000));
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.getElementById(id);
      if (!there) return;
      document.getElementById(id)?.replaceWith(there);
      if (!there.dataset.refresh) return;
    }
    if (seconds < 32) look(id, seconds * 2);
  };

  for (const part of document.querySelectorAll("[data-refresh][id]")) look(part.id, Number(part.dataset.refresh));
})();
