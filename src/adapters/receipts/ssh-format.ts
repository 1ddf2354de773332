import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

// The formats of OpenSSH for Ed25519: PROTOCOL (keys), PROTOCOL.sshsig (signatures of files and commits).

const keyType = 'ssh-ed25519';
const magic = Buffer.from('SSHSIG');
const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';
/** Width of an armoured line; the format allows any, ssh-keygen writes this. */
const armourColumns = 70;
const signatureVersion = 1;

export type SignedKey = {
  readonly key: KeyObject;
  /** As `ssh-keygen -l` shows it: `SHA256:` and 43 letters. */
  readonly fingerprint: string;
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const string = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
};

const pointOf = (key: KeyObject): Buffer => {
  const { x = '' } = key.export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
};
const publicBlob = (key: KeyObject): Buffer =>
  Buffer.concat([string(keyType), string(pointOf(key))]);

const fingerprintOfBlob = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
/** Of a public or private Ed25519 key. */
export const fingerprintOf = (key: KeyObject): string => fingerprintOfBlob(publicBlob(key));

/** `ssh-ed25519 AAAA…`, as in `.pub` files. */
export const publicLine = (key: KeyObject): string =>
  `${keyType} ${publicBlob(key).toString('base64')}`;

/** The key of such a line, whatever comes after it; null when it is none. */
export function parsePublicLine(line: string): SignedKey | null {
  const [type, base64 = ''] = line.trim().split(/\s+/);
  return type === keyType ? keyOfBlob(Buffer.from(base64, 'base64')) : null;
}

function keyOfBlob(blob: Buffer): SignedKey | null {
  const reader = new Reader(blob);
  const type = reader.string()?.toString('latin1');
  const point = reader.string();
  if (type !== keyType || point?.length !== 32 || !reader.isAtEnd) return null;
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') };
    return {
      key: createPublicKey({ key: jwk, format: 'jwk' }),
      fingerprint: fingerprintOfBlob(blob),
    };
  } catch {
    return null;
  }
}

/** What is signed instead of the text itself. */
function signedBytes(namespace: string, text: Buffer): Buffer {
  const hash = createHash('sha512').update(text).digest();
  return Buffer.concat([magic, string(namespace), string(''), string('sha512'), string(hash)]);
}

/** An armoured signature, as `ssh-keygen -Y sign` makes it; git's namespace is `git`. Ends without a line feed. */
export function sshSignature(privateKey: KeyObject, namespace: string, text: Buffer): string {
  const signature = sign(null, signedBytes(namespace, text), privateKey);
  const blob = Buffer.concat([
    ...[magic, uint32(signatureVersion), string(publicBlob(privateKey))],
    ...[string(namespace), string(''), string('sha512')],
    string(Buffer.concat([string(keyType), string(signature)])),
  ]);
  const rows = blob.toString('base64').match(new RegExp(`.{1,${armourColumns}}`, 'g')) ?? [];
  return [begin, ...rows, end].join('\n');
}

/** Who made the signature; null when it is none, of another kind, or does not fit the text. */
export function checkSshSignature(
  armoured: string,
  namespace: string,
  text: Buffer,
): SignedKey | null {
  const body = armoured.trim();
  if (!body.startsWith(begin) || !body.endsWith(end)) return null;
  const base64 = body.slice(begin.length, -end.length).replace(/\s/g, '');
  const reader = new Reader(Buffer.from(base64, 'base64'));
  if (!reader.take(magic.length)?.equals(magic) || reader.uint32() !== signatureVersion)
    return null;
  const signer = keyOfBlob(reader.string() ?? Buffer.alloc(0));
  const said = reader.string()?.toString();
  const reserved = reader.string();
  const algorithm = reader.string()?.toString();
  const inner = new Reader(reader.string() ?? Buffer.alloc(0));
  const kind = inner.string()?.toString();
  const signature = inner.string();
  if (signer === null || said !== namespace || reserved?.length !== 0) return null;
  if (algorithm !== 'sha512' || kind !== keyType || signature === null) return null;
  if (!inner.isAtEnd || !reader.isAtEnd) return null;
  return verify(null, signedBytes(namespace, text), signer.key, signature) ? signer : null;
}

/** Reads the wire format; null from where it does not fit on. */
class Reader {
  #rest: Buffer;

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  get isAtEnd(): boolean {
    return this.#rest.length === 0;
  }

  take(count: number): Buffer | null {
    if (count > this.#rest.length) return null;
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  uint32(): number | null {
    return this.take(4)?.readUInt32BE() ?? null;
  }

  string(): Buffer | null {
    const length = this.uint32();
    return length === null ? null : this.take(length);
  }
}
