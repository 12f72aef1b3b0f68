/* The testers of signatures. Everything is computed here, by the browser's own cryptography; nothing is sent or kept. */
(() => {
  "use strict";
  const words = document.getElementById("docs-words").dataset;
  const tester = document.querySelector("[data-tester]");
  const form = tester.querySelector("form");
  const field = (id) => document.getElementById(id);
  const place = (name) => tester.querySelector("[data-" + name + "]");
  const utf8 = new TextEncoder();

  /* Bytes */
  const hexOf = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const base64Of = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const ofHex = (text) => (/^([0-9a-f]{2})+$/i.test(text) ? Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16)) : null);
  const ofBase64 = (text) => { try { return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)); } catch { return null; } };
  const sha256 = async (text) => hexOf(await crypto.subtle.digest("SHA-256", utf8.encode(text)));
  const hmac = async (secret, text) => {
    const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return crypto.subtle.sign("HMAC", key, utf8.encode(text));
  };

  /* The query in its one spelling; null where an escape is broken. */
  const octets = (text) => {
    const raw = utf8.encode(text);
    const found = [];
    for (let i = 0; i < raw.length; i += 1) {
      if (raw[i] !== 0x25) { found.push(raw[i]); continue; }
      const pair = String.fromCharCode(raw[i + 1] ?? 0, raw[i + 2] ?? 0);
      if (!/^[0-9a-f]{2}$/i.test(pair)) return null;
      found.push(parseInt(pair, 16));
      i += 2;
    }
    return found;
  };
  const encoded = (text) => octets(text)?.map((octet) => {
    const letter = String.fromCharCode(octet);
    return /[A-Za-z0-9\-._~]/.test(letter) ? letter : "%" + octet.toString(16).toUpperCase().padStart(2, "0");
  }).join("") ?? null;
  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const pairsOf = (query) => query.split("&").filter(Boolean).map((part) => {
    const equals = part.indexOf("=");
    return equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
  });
  const canonicalQuery = (query) => {
    const pairs = pairsOf(query).map((pair) => pair.map(encoded));
    if (pairs.flat().includes(null)) return null;
    return pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1])).map(([name, value]) => name + "=" + value).join("&");
  };

  const split = (target) => {
    const mark = target.indexOf("?");
    return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
  };
  const textOf = (method, path, query, time, nonce, hash) => ["KPR1-HMAC-SHA256", method, path, query, time, nonce, hash].join("\n");

  /* What people do instead: each a signature that would come out then. */
  const requestGuesses = async (facts, lines, secret) => {
    const [path, query] = split(facts.target);
    const withLine = (number, line) => lines.map((own, i) => (i === number ? line : own)).join("\n");
    const texts = {
      guessHost: withLine(2, location.origin + path),
      guessLower: withLine(1, facts.method.toLowerCase()),
      guessLine: lines.filter((line, i) => i !== 3 || line !== "").join("\n"),
      guessFeed: lines.join("\n") + "\n",
      guessMillis: withLine(4, facts.timestamp + "000"),
      guessBody: withLine(6, await sha256(facts.body + "\n")),
      guessRaw: withLine(6, facts.body),
      /* Without parameters there is nothing to place or to order wrongly. */
      ...(query && {
        guessQuery: [...lines.slice(0, 2), facts.target, ...lines.slice(4)].join("\n"),
        guessOrder: withLine(3, query),
      }),
    };
    try { texts.guessJson = withLine(6, await sha256(JSON.stringify(JSON.parse(facts.body)))); } catch { /* no JSON, no guess */ }
    const right = lines.join("\n");
    const found = Object.entries(texts).filter(([, text]) => text !== right).map(async ([name, text]) => [name, hexOf(await hmac(secret, text))]);
    found.push(hmac(utf8.encode(facts.secret), right).then((mac) => ["guessText", hexOf(mac)]));
    found.push(hmac(secret, right).then((mac) => ["guessBase64", base64Of(mac)]));
    return Promise.all(found);
  };

  const say = (tone, text) => {
    const line = document.createElement("p");
    line.className = "notice notice-" + tone;
    line.textContent = text;
    place("verdict").replaceChildren(...(text ? [line] : []));
  };
  const tell = (texts) => place("differences").replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));

  const checkRequest = async () => {
    const facts = Object.fromEntries(["method", "target", "timestamp", "nonce", "body", "secret", "signature", "mine"]
      .map((id) => [id, ["body", "mine"].includes(id) ? field(id).value : field(id).value.trim()]));
    const [path, query] = split(facts.target);
    const inOrder = canonicalQuery(query);
    if (inOrder === null) return { tone: "bad", verdict: words.badQuery, told: [] };
    const lines = textOf(facts.method, path, inOrder, facts.timestamp, facts.nonce, await sha256(facts.body)).split("\n");
    const told = [];
    if (/^https?:/i.test(facts.target)) told.push(words.host);
    if (facts.timestamp && !/^[0-9]{10}$/.test(facts.timestamp)) told.push(words.time);
    if (facts.nonce && !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(facts.nonce)) told.push(words.nonce);
    const differing = compareLines(lines, facts.mine, told);
    const secret = ofHex(facts.secret);
    if (!secret || secret.length !== 32) return { lines, differing, tone: "bad", verdict: facts.secret ? words.badSecret : words.noSecret, told };
    const computed = "v1=" + hexOf(await hmac(secret, lines.join("\n")));
    if (!facts.signature) return { lines, differing, computed, tone: "info", verdict: words.noSignature, told };
    if (facts.signature === computed) return { lines, differing, computed, tone: "ok", verdict: words.right, told };
    const given = facts.signature.replace(/^v1=/, "");
    if (!/^v1=[0-9a-f]{64}$/.test(facts.signature)) told.push(words.form);
    if (given.toLowerCase() === computed.slice(3)) return { lines, differing, computed, tone: "bad", verdict: words.wrong, told };
    const guesses = (await requestGuesses(facts, lines, secret)).filter(([, mac]) => mac === given || mac === given.toLowerCase());
    guesses.forEach(([name]) => told.push(words[name]));
    if (!guesses.length && !differing.size) told.push(words.guessUnknown);
    return { lines, differing, computed, tone: "bad", verdict: words.wrong, told };
  };

  /* Line by line against the text that the partner's program has made. */
  const compareLines = (lines, mine, told) => {
    const differing = new Set();
    if (!mine) return differing;
    const theirs = mine.split("\n");
    lines.forEach((line, i) => {
      if (theirs[i] === line) return;
      differing.add(i);
      const at = Array.from(line).findIndex((letter, j) => Array.from(theirs[i] ?? "")[j] !== letter);
      told.push(words.line.replace("{0}", i + 1) + " " + (theirs[i] === undefined ? words.missing
        : words.yours + " «" + theirs[i] + "», " + words.ours + " «" + line + "»" + (at > 0 ? ", " + words.first.replace("{0}", at + 1) : "")));
    });
    if (theirs.length > lines.length) { told.push(words.extra); differing.add(lines.length - 1); }
    if (!differing.size) told.push(words.same);
    return differing;
  };

  const checkWebhook = async () => {
    const facts = Object.fromEntries(["webhook-id", "timestamp", "secret", "signature"].map((id) => [id, field(id).value.trim()]));
    const body = field("body").value;
    const secret = /^whsec_/.test(facts.secret) ? ofBase64(facts.secret.slice(6)) : null;
    if (!secret || secret.length < 24) return { tone: "bad", verdict: facts.secret ? words.badWebhookSecret : words.noSecret, told: [] };
    const told = [];
    if (facts.timestamp && !/^[0-9]{10}$/.test(facts.timestamp)) told.push(words.time);
    const message = (text) => facts["webhook-id"] + "." + facts.timestamp + "." + text;
    const computed = "v1," + base64Of(await hmac(secret, message(body)));
    const given = facts.signature.split(" ").filter(Boolean);
    if (!given.length) return { computed, tone: "info", verdict: words.noSignature, told };
    if (given.includes(computed)) return { computed, tone: "ok", verdict: words.right, told };
    if (!given.every((part) => /^v1,[A-Za-z0-9+/]{43}=$/.test(part))) told.push(words.webhookForm);
    const trials = {
      guessBody: [secret, message(body + "\n")],
      guessText: [utf8.encode(facts.secret), message(body)],
      guessPrefix: [utf8.encode(facts.secret.slice(6)), message(body)],
      guessOnlyBody: [secret, body],
      guessMillis: [secret, facts["webhook-id"] + "." + facts.timestamp + "000." + body],
    };
    try { trials.guessJson = [secret, message(JSON.stringify(JSON.parse(body)))]; } catch { /* no JSON, no guess */ }
    const before = told.length;
    for (const [name, [key, text]] of Object.entries(trials)) {
      const mac = await hmac(key, text);
      if (given.includes("v1," + base64Of(mac))) told.push(words[name]);
    }
    const hex = hexOf(await hmac(secret, message(body)));
    if (given.some((part) => part.replace(/^v1[,=]/, "").toLowerCase() === hex)) told.push(words.guessHex);
    if (told.length === before) told.push(words.guessUnknown);
    return { computed, tone: "bad", verdict: words.wrong, told };
  };

  const EXAMPLES = {
    request: {
      method: "POST", target: "/v1/payments/orders", timestamp: "1767225600", nonce: "7f1c2a90-5a0e-4b6b-9d53-0c6f3a1e2b4d",
      body: '{"type":"deposit","amount":"1500.00","currency":"RUB","external_id":"order-42"}',
      secret: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
      signature: "v1=ae08a6f16ce88e1210a2fe04929403126cca35098c2254eaf59c6059655c781d", mine: "",
    },
    webhook: {
      "webhook-id": "evt_01JTEST0000000000000000000", timestamp: "1767225600",
      body: '{"type":"payment.approved","data":{"uid":"11111111-2222-4333-8444-555555555555"}}',
      secret: "whsec_ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=", signature: "v1,dnsT1yHPa2EY9GQ54C8pRL/MWZwic4B7mhnLR44hpwA=",
    },
  };
  const check = { request: checkRequest, webhook: checkWebhook }[tester.dataset.tester];

  /* The last question counts; an earlier one may be answered later. */
  let asked = 0;
  const run = async () => {
    const mine = asked += 1;
    const answer = await check();
    if (mine !== asked) return;
    place("answer").hidden = false;
    place("computed").textContent = answer.computed ?? "—";
    place("lines")?.replaceChildren(...(answer.lines ?? []).map((line, i) => {
      const item = Object.assign(document.createElement("li"), { textContent: line });
      if (answer.differing.has(i)) item.dataset.differs = "";
      return item;
    }));
    say(answer.tone, answer.verdict);
    tell(answer.told);
  };

  if (!window.crypto?.subtle) {
    place("answer").hidden = false;
    say("bad", words.noCrypto);
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => void run());
  place("example").addEventListener("click", () => {
    Object.entries(EXAMPLES[tester.dataset.tester]).forEach(([id, value]) => { field(id).value = value; });
    void run();
  });
})();
