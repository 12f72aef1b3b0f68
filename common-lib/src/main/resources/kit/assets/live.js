/* The live region: one connection per visible tab to /v1/events. A region names the events it follows (data-live), where
   a row comes from (data-live-row, with {subject}) and how its id begins (data-live-id). Without a connection the region
   is fetched anew every data-live-poll seconds. */
(() => {
  "use strict";

  const region = document.querySelector("[data-live]");
  if (!region || !window.htmx || !window.darvoza) return;
  const { words, plural, say, signInAgain } = window.darvoza;

  const SILENCE = 45_000; /* two heartbeats of 20 s and a little */
  const HIDDEN = 60_000; /* a browser allows six connections per host: a tab nobody looks at gives its own back */
  const RETRY = 5_000;
  const poll = Number(region.dataset.livePoll ?? 20) * 1000;

  let source = null;
  let heard = Date.now();
  let hiddenAt = 0;
  let missed = false;
  let signedOut = false;
  let unseen = 0;
  const badge = document.querySelector("[data-live-badge]");
  const more = document.querySelector("[data-live-new]");

  const list = () => document.getElementById(region.id);
  const row = (subject) => document.getElementById(region.dataset.liveId + subject);

  const show = (state) => {
    if (!badge || badge.dataset.state === state) return;
    badge.dataset.state = state;
    const since = new Intl.DateTimeFormat(window.darvoza.language, { hour: "2-digit", minute: "2-digit" }).format(heard);
    badge.textContent = { live: words.live, reconnecting: words.reconnecting, stale: words.stale.replace("{0}", since) }[state];
  };

  /* Fetches what the address shows now and replaces the list alone, so nothing else moves. */
  const refresh = () => {
    if (signedOut || document.hidden) return Promise.resolve();
    unseen = 0;
    if (more) more.hidden = true;
    const here = "#" + region.id;
    return htmx.ajax("GET", location.pathname + location.search, { target: here, select: here, swap: "outerHTML" });
  };

  const flash = (subject) => {
    const changed = row(subject);
    if (!changed) return;
    changed.classList.add("row-flash");
    setTimeout(() => changed.classList.remove("row-flash"), 2500);
    if (changed.dataset.announce) say(changed.dataset.announce);
  };

  const fetchRow = async (subject) => {
    const target = row(subject);
    if (!target) return;
    const address = region.dataset.liveRow.replace("{subject}", encodeURIComponent(subject));
    const hadFocus = target.contains(document.activeElement);
    await htmx.ajax("GET", address, { target, swap: "outerHTML" });
    if (hadFocus) row(subject)?.querySelector(".row-title")?.focus();
    flash(subject);
  };

  /* A row that is not shown may be on its way, uploaded by this very page: count it only if it does not come. */
  const countUnseen = (subject) => setTimeout(() => {
    if (row(subject) || !more) return;
    unseen += 1;
    more.hidden = false;
    more.textContent = plural("new", unseen);
    say(more.textContent);
  }, 1500);

  const waiting = new Map();
  const changed = (subject, isNew) => {
    clearTimeout(waiting.get(subject));
    waiting.set(subject, setTimeout(() => {
      waiting.delete(subject);
      if (row(subject)) void fetchRow(subject);
      else if (isNew) countUnseen(subject);
    }, 150));
  };

  const follow = (message) => {
    heard = Date.now();
    try {
      const event = JSON.parse(message.data);
      changed(String(event.subject), message.type === region.dataset.liveNewType);
      document.dispatchEvent(new CustomEvent("darvoza:event", { detail: event }));
    } catch {
      void refresh();
    }
  };

  const close = () => { source?.close(); source = null; };

  const open = () => {
    close();
    source = new EventSource("/v1/events");
    const mine = source;
    source.addEventListener("open", () => {
      heard = Date.now();
      show("live");
      if (missed) { missed = false; void refresh(); }
    });
    source.addEventListener("heartbeat", () => { heard = Date.now(); show("live"); });
    source.addEventListener("resync", () => { heard = Date.now(); void refresh(); });
    for (const type of region.dataset.live.split(/\s+/)) source.addEventListener(type, follow);
    source.addEventListener("error", () => {
      show("reconnecting");
      /* The browser retries by itself, with Last-Event-ID, unless it was refused outright. */
      if (mine.readyState === EventSource.CLOSED && mine === source) { close(); missed = true; }
    });
  };

  const watch = () => {
    if (document.hidden || signedOut) return;
    const silent = Date.now() - heard;
    if (silent > SILENCE) {
      show("stale");
      /* A new connection starts without Last-Event-ID; the list is fetched once it stands. */
      if (source) { close(); missed = true; }
    }
    if (!source) open();
  };

  const lookAround = () => {
    if (document.hidden) { hiddenAt = Date.now(); return; }
    if (!source) { missed = true; show("reconnecting"); open(); }
  };

  document.addEventListener("visibilitychange", lookAround);
  setInterval(() => {
    if (document.hidden && source && Date.now() - hiddenAt > HIDDEN) { close(); missed = true; }
    watch();
  }, RETRY);
  setInterval(() => { if (badge?.dataset.state !== "live") void refresh(); }, poll);
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 401) { signedOut = true; close(); show("stale"); }
    if (status === 404) event.detail.target?.closest("[data-row]")?.remove();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) lookAround(); });
  more?.addEventListener("click", () => {
    const first = more.dataset.liveNew;
    if (first && first !== location.pathname + location.search) location.assign(first); else void refresh().then(() => list()?.querySelector(".row-title")?.focus());
  });

  show("reconnecting");
  open();
})();
