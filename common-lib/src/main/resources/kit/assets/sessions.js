/* The list of browsers in which people are signed in, and the end of one; the gateway tells it to this browser alone. */
(() => {
  "use strict";

  const place = document.querySelector("[data-sessions]");
  if (!place || !window.darvoza) return;
  const { toast, say, signInAgain, writeTimes } = window.darvoza;
  const { sessions: source, end, sure, ended, failed, own } = place.dataset;
  const form = place.querySelector("form");
  const rows = place.querySelector("tbody");
  const more = place.querySelector("[data-more]");
  let cursor = null;

  const element = (name, properties = {}, ...within) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...within);
    return made;
  };
  const time = (moment) => {
    const shown = element("time", { dateTime: moment, tabIndex: 0, textContent: moment });
    shown.dataset.exact = moment;
    return shown;
  };

  const call = async (address, method = "GET") => {
    const answer = await fetch(address, { method, headers: { Accept: "application/json, application/problem+json" }, cache: "no-store" });
    if (answer.status === 401) signInAgain();
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(body.detail ?? body.title ?? failed);
    return body;
  };

  const stop = async (session, row) => {
    if (!confirm(sure.replace("{0}", session.username))) return;
    try {
      await call(`${source}/${encodeURIComponent(session.id)}`, "DELETE");
      row.remove();
      toast(ended.replace("{0}", session.username));
    } catch (fault) { toast(fault.message); }
  };

  const draw = (session) => {
    const button = element("button", { type: "button", className: "button button-small button-danger", textContent: end });
    const row = element("tr", {},
      element("td", {}, session.username, session.own ? ` (${own})` : ""),
      element("td", { className: "only-wide" }, time(session.signed_in_at)),
      element("td", {}, time(session.last_seen_at)),
      element("td", { className: "number" }, button));
    button.setAttribute("aria-label", `${end}: ${session.username}`);
    button.addEventListener("click", () => void stop(session, row));
    rows.append(row);
  };

  const load = async () => {
    const query = new URLSearchParams();
    const username = form.querySelector("input").value.trim();
    if (username) query.set("username", username);
    if (cursor) query.set("cursor", cursor);
    try {
      const list = await call(`${source}?${query}`);
      list.sessions.forEach(draw);
      cursor = list.next_cursor ?? null;
      more.parentElement.hidden = !cursor;
      place.querySelector("[data-none]").hidden = rows.childElementCount > 0;
      writeTimes(place);
    } catch (fault) { say(fault.message); toast(fault.message); }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); cursor = null; rows.replaceChildren(); void load(); });
  more.addEventListener("click", () => void load());
  void load();
})();
