// Signs requests to Darvoza payments and checks its callbacks. Node.js alone, no package.

import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

function octets(text) {
  const bytes = [];
  const raw = Buffer.from(text, 'utf8');
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === 0x25) {
      bytes.push(parseInt(raw.toString('latin1', i + 1, i + 3), 16));
      i += 2;
    } else {
      bytes.push(raw[i]);
    }
  }
  return bytes;
}

function encoded(text) {
  return octets(text)
    .map((octet) => {
      const char = String.fromCharCode(octet);
      return /[A-Za-z0-9\-._~]/.test(char) ? char : '%' + octet.toString(16).toUpperCase().padStart(2, '0');
    })
    .join('');
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function canonicalQuery(query) {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? [encoded(part), '']
        : [encoded(part.slice(0, equals)), encoded(part.slice(equals + 1))];
    })
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The four headers. target is path and query exactly as they are sent, body the bytes that are sent. */
export function signedHeaders(keyId, secretHex, method, target, body, timestamp, nonce) {
  const mark = target.indexOf('?');
  const time = String(timestamp ?? Math.floor(Date.now() / 1000));
  const once = nonce ?? randomUUID();
  const text = [
    'KPR1-HMAC-SHA256',
    method.toUpperCase(),
    mark < 0 ? target : target.slice(0, mark),
    canonicalQuery(mark < 0 ? '' : target.slice(mark + 1)),
    time,
    once,
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const signature = createHmac('sha256', Buffer.from(secretHex, 'hex')).update(text, 'utf8').digest('hex');
  return { 'X-Key-Id': keyId, 'X-Timestamp': time, 'X-Nonce': once, 'X-Signature': `v1=${signature}` };
}

/** Sends a signed request: status and body of the answer. */
export async function call(url, token, keyId, secretHex, method, target, body) {
  const answer = await fetch(url + target, {
    method,
    body: body.length > 0 ? body : undefined,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      ...signedHeaders(keyId, secretHex, method, target, body),
    },
    signal: AbortSignal.timeout(15_000),
  });
  return [answer.status, await answer.text()];
}

/** Whether a callback is ours and of now. body are the bytes as they arrived. */
export function isGenuine(secret, id, timestamp, signatures, body, now = Date.now() / 1000, tolerance = 300) {
  if (!/^[0-9]+$/.test(timestamp) || Math.abs(now - Number(timestamp)) > tolerance) {
    return false;
  }
  const expected = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest();
  return signatures
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice(3), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

async function main([command, method, target]) {
  const env = process.env;
  const body = readFileSync(0);
  if (command === 'sign') {
    const headers = signedHeaders(
      env.DARVOZA_KEY_ID, env.DARVOZA_SECRET_HEX, method, target, body, env.DARVOZA_TIMESTAMP, env.DARVOZA_NONCE);
    console.log(Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n'));
  } else if (command === 'call') {
    const [status, text] = await call(
      env.DARVOZA_URL, env.DARVOZA_TOKEN, env.DARVOZA_KEY_ID, env.DARVOZA_SECRET_HEX, method, target, body);
    console.log(`${status}\n${text}`);
  } else if (command === 'verify') {
    const now = env.WEBHOOK_NOW ? Number(env.WEBHOOK_NOW) : undefined;
    const good = isGenuine(
      env.WEBHOOK_SECRET, env.WEBHOOK_ID, env.WEBHOOK_TIMESTAMP, env.WEBHOOK_SIGNATURE, body, now);
    console.log(good ? 'genuine' : 'refused');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
