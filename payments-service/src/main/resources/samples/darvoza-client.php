<?php

declare(strict_types=1);

// Signs requests to Darvoza payments and checks its callbacks. PHP alone, no package.

function canonical_query(string $query): string
{
    $pairs = [];
    foreach (explode('&', $query) as $part) {
        if ($part !== '') {
            [$name, $value] = array_pad(explode('=', $part, 2), 2, '');
            // rawurldecode leaves a plus a plus; rawurlencode spares the unreserved characters of RFC 3986.
            $pairs[] = [rawurlencode(rawurldecode($name)), rawurlencode(rawurldecode($value))];
        }
    }
    usort($pairs, fn (array $a, array $b): int => strcmp($a[0], $b[0]) ?: strcmp($a[1], $b[1]));

    return implode('&', array_map(fn (array $pair): string => $pair[0] . '=' . $pair[1], $pairs));
}

function random_uuid(): string
{
    $bytes = random_bytes(16);
    $bytes[6] = chr(ord($bytes[6]) & 0x0f | 0x40);
    $bytes[8] = chr(ord($bytes[8]) & 0x3f | 0x80);

    return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
}

/** The four headers. $target is path and query exactly as they are sent, $body the bytes that are sent. */
function signed_headers(
    string $keyId,
    string $secretHex,
    string $method,
    string $target,
    string $body,
    ?string $timestamp = null,
    ?string $nonce = null,
): array {
    [$path, $query] = array_pad(explode('?', $target, 2), 2, '');
    $timestamp ??= (string) time();
    $nonce ??= random_uuid();
    $text = implode("\n", [
        'KPR1-HMAC-SHA256', strtoupper($method), $path, canonical_query($query), $timestamp, $nonce,
        hash('sha256', $body),
    ]);

    return [
        'X-Key-Id' => $keyId,
        'X-Timestamp' => $timestamp,
        'X-Nonce' => $nonce,
        'X-Signature' => 'v1=' . hash_hmac('sha256', $text, hex2bin($secretHex)),
    ];
}

/** Sends a signed request: status and body of the answer. */
function call(
    string $url,
    string $token,
    string $keyId,
    string $secretHex,
    string $method,
    string $target,
    string $body,
): array {
    $headers = ['Authorization: Bearer ' . $token, 'Content-Type: application/json'];
    foreach (signed_headers($keyId, $secretHex, $method, $target, $body) as $name => $value) {
        $headers[] = $name . ': ' . $value;
    }
    $context = stream_context_create(['http' => [
        'method' => $method, 'header' => $headers, 'content' => $body, 'timeout' => 15, 'ignore_errors' => true,
    ]]);
    $text = file_get_contents($url . $target, false, $context);

    return [(int) explode(' ', $http_response_header[0])[1], $text];
}

/** Whether a callback is ours and of now. $body are the bytes as they arrived. */
function is_genuine(
    string $secret,
    string $id,
    string $timestamp,
    string $signatures,
    string $body,
    ?int $now = null,
    int $tolerance = 300,
): bool {
    if (preg_match('/^[0-9]{1,12}$/D', $timestamp) !== 1 || abs(($now ?? time()) - (int) $timestamp) > $tolerance) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $part) {
        if (str_starts_with($part, 'v1,') && hash_equals($expected, substr($part, 3))) {
            return true;
        }
    }

    return false;
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    $body = stream_get_contents(STDIN);
    $env = fn (string $name): ?string => getenv($name) === false ? null : getenv($name);
    switch ($argv[1]) {
        case 'sign':
            $headers = signed_headers(
                $env('DARVOZA_KEY_ID'), $env('DARVOZA_SECRET_HEX'), $argv[2], $argv[3], $body,
                $env('DARVOZA_TIMESTAMP'), $env('DARVOZA_NONCE'));
            foreach ($headers as $name => $value) {
                echo $name, ': ', $value, "\n";
            }
            break;
        case 'call':
            [$status, $text] = call(
                $env('DARVOZA_URL'), $env('DARVOZA_TOKEN'), $env('DARVOZA_KEY_ID'), $env('DARVOZA_SECRET_HEX'),
                $argv[2], $argv[3], $body);
            echo $status, "\n", $text, "\n";
            break;
        case 'verify':
            $now = $env('WEBHOOK_NOW');
            echo is_genuine(
                $env('WEBHOOK_SECRET'), $env('WEBHOOK_ID'), $env('WEBHOOK_TIMESTAMP'), $env('WEBHOOK_SIGNATURE'),
                $body, $now === null ? null : (int) $now) ? 'genuine' : 'refused', "\n";
            break;
    }
}
