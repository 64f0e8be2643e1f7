/** Bytes that MIT krb5 1.20.1 took: `gss_unwrap` for those without an acceptor's subkey, `krb5_c_decrypt` for all. */
import type { Enctype, KerberosKey } from '../../../../remote/winrm/kerberos/kerberos-key.ts';

const counting = (from: number, size: number) =>
  Buffer.from(Array.from({ length: size }, (_, i) => from + i));

export const keys: Readonly<Record<Enctype, KerberosKey>> = {
  17: { enctype: 17, bytes: counting(0, 16) },
  18: { enctype: 18, bytes: counting(0, 32) },
};
export const subkey: KerberosKey = { enctype: 18, bytes: counting(0x20, 32) };
export const confounder = counting(0xc0, 16);
export const plain = Buffer.from('<s:Envelope>seal</s:Envelope>');
export const ownSequence = 0x01020304;
export const peerSequence = 0x0a0b0c0d;

interface Derived {
  readonly encrypting: string;
  readonly protecting: string;
}

/** Keys of usage 24. */
export const derived: Readonly<Record<Enctype, Derived>> = {
  17: { encrypting: '0fcf343f4636d357dc3faa278aa1e198', protecting: '6328bae88e8b86322b21dabb3f0b6486' },
  18: {
    encrypting: 'd87ffc255e3713f6cbc13887002b78cdb87d0eed7f465fa1414570a7e3da1248',
    protecting: 'f0e26e3af0fc1d4921dd1e21d86fb6af3dde9ed39c021cefff85dc55ec7d8446',
  },
};

interface Wrapped {
  readonly enctype: Enctype;
  readonly flags: number;
  readonly header: string;
  readonly data: string;
}

export const wrapped: readonly Wrapped[] = [
  {
    enctype: 18,
    flags: 6,
    header:
      '050406ff0000001c0000000001020304215d9297ee704efb1f7e97c0c3a0a4665f0c76cc500dec67f6d48a0ecdb13cd304dccc12bbbdbd02a7f3f85a',
    data: '01004bc6e089459e7afd48ad75f504138e03284192585c157645ae86ca',
  },
  {
    enctype: 18,
    flags: 2,
    header:
      '050402ff0000001c0000000001020304723b478c9d9f98b98925bb61a177dae2c3cb5c103e710952ba13ef01cdb13cd304dccc12bbbdbd02a7f3f85a',
    data: '01004bc6e089459e7afd48ad75f504131fe8ba27ef06ef4c3dadcd4093',
  },
  {
    enctype: 17,
    flags: 6,
    header:
      '050406ff0000001c0000000001020304c20ca57463485e0af5e728f5c0c32f0ef0f56c3b24a07a8c13ce83be24d510a6d6aac752c830c34d4bb74045',
    data: 'cba8b353fd2836e2db964488fa9c4210da6735448a47c2eefc332d58f8',
  },
  {
    enctype: 17,
    flags: 2,
    header:
      '050402ff0000001c0000000001020304b823cbe882db2da44dd1f08f30fcf02d80c64b45abde5e9fcd0397aa24d510a6d6aac752c830c34d4bb74045',
    data: 'cba8b353fd2836e2db964488fa9c421025d7fb54fc6e50ab8b3d3f0526',
  },
];

/** The same plain text from an acceptor that chose the key: usage 22, flags 7. */
export const fromAcceptor: Readonly<Record<Enctype, string>> = {
  17: '050407ff0000001c000000000a0b0c0ddd8d54193b549c1e96b7dd94b3485d577c9621377cffcc3388d59cb9d0a13a0df901bd43e590cacbf93f04e5cc4d721c7b4f4149616553f03ae1f9ee1d9795c550d3419e51cd6dd27f',
  18: '050407ff0000001c000000000a0b0c0d992b4553abd1189fa2c5d3ba844c3a5188d978bbf7987d3817fd3ab45c1eae64bdc8e04b1853f563e1102927ad0035eb961e875e9889cd8cafe8e8b98102a84d06f9c22138c473b4a9',
};

/** Of winrmtest@EXAMPLE.TEST at 2026-11-25T13:00:00.123456Z with `subkey` and `ownSequence`, without a binding. */
export const authenticator =
  '6281a63081a3a003020105a10e1b0c4558414d504c452e54455354a2163014a003020101a10d300b1b0977696e726d74657374a3253023a0050203008003a11a041810000000000000000000000000000000000000003e000000a405020301e240a511180f32303236313132353133303030305aa62b3029a003020112a1220420202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3fa706020401020304';
