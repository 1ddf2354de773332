import { type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { fingerprintOf } from './ssh-format.ts';

/**
 * One line of the file is a DSSE envelope (Dead Simple Signing Envelope, protocol version 1) around an in-toto
 * statement (version 1): JSON that any tool for attestations reads.
 */
export const payloadType = 'application/vnd.in-toto+json';

const verifyBeside = promisify(verify);

type Envelope = {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly [{ readonly keyid: string; readonly sig: string }];
};

export type OpenedEnvelope = {
  /** Fingerprint of the key that is said to have signed. */
  readonly keyId: string;
  readonly payload: string;
  isSignedBy(key: KeyObject): boolean;
  /** The same beside this thread: an Ed25519 check takes longer than all else about a line. */
  checkSignature(key: KeyObject): Promise<boolean>;
};

/** Pre-authentication encoding: type and length are signed with the text. */
const signedBytes = (payload: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `),
    payload,
  ]);

/** The line, without its line feed. */
export function sealEnvelope(privateKey: KeyObject, statement: unknown): string {
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = sign(null, signedBytes(payload), privateKey).toString('base64');
  const envelope: Envelope = {
    ...{ payloadType, payload: payload.toString('base64') },
    signatures: [{ keyid: fingerprintOf(privateKey), sig }],
  };
  return JSON.stringify(envelope);
}

/** Null when a line is not exactly what `sealEnvelope` writes: no two lines say the same with one signature. */
export function openEnvelope(line: string): OpenedEnvelope | null {
  try {
    const envelope = JSON.parse(line) as Envelope;
    const payload = Buffer.from(envelope.payload, 'base64');
    const [{ keyid, sig }] = envelope.signatures;
    const signature = Buffer.from(sig, 'base64');
    const exact: Envelope = {
      ...{ payloadType, payload: payload.toString('base64') },
      signatures: [{ keyid, sig: signature.toString('base64') }],
    };
    if (JSON.stringify(exact) !== line) return null;
    return {
      ...{ keyId: keyid, payload: payload.toString('utf8') },
      isSignedBy: key => verify(null, signedBytes(payload), key, signature),
      checkSignature: key => verifyBeside(null, signedBytes(payload), key, signature),
    };
  } catch {
    return null;
  }
}
