import { z } from 'zod';
import { serviceClasses } from '../remote/winrm/kerberos/kerberos-settings.ts';
import { filePath, words, yesOrNo } from './config-values.ts';

const auth = z
  .enum(['auto', 'kerberos', 'ntlm', 'basic', 'certificate'], {
    error: 'auto, kerberos, ntlm, basic or certificate',
  })
  .meta({
    description:
      'How the bot signs in. auto is Kerberos where the account has a keytab, else NTLM. basic, for an account of the server itself, and certificate need tls: true.',
  });

const spn = z.enum(serviceClasses, { error: serviceClasses.join(', ') }).meta({
  description:
    'With Kerberos: the service that a server is asked for as. Another than HTTP where HTTP/host belongs to another account than the computer.',
});

const fallback = z.literal('ntlm', { error: 'ntlm' }).meta({
  description: 'With Kerberos: NTLM is used where no ticket is to be had. Without it, Kerberos alone is.',
});

const tls = yesOrNo.meta({
  description: 'HTTPS: the certificate of the server is always checked. Without it every message is sealed.',
});

const ca = filePath.meta({
  description:
    'File with the certificates (PEM) of the authorities that are trusted, and no others, relative to this file. Without ca and pin: those of this machine.',
});

const pin = words(
  'the SHA-256 of a certificate, 64 hexadecimal digits in quotes, with or without colons',
  /^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/,
).meta({
  description: 'SHA-256 of the one certificate that is trusted, whoever issued it, whatever name it has.',
});

const clientCertificate = z
  .strictObject(
    {
      certificate: filePath.meta({ description: 'The certificate, PEM, relative to this file.' }),
      key: filePath.meta({ description: 'Its private key, PEM, without a passphrase, mode 0600.' }),
    },
    { error: 'certificate and key, both files' },
  )
  .meta({ description: 'What auth: certificate signs in with.' });

/** Keys of the way to a server that stand at the top of the file, for every server that has none of its own. */
export const generalConnectionKeys = {
  auth: auth.default('auto'),
  spn: spn.default('HTTP'),
  fallback: fallback.optional(),
  tls: tls.default(false),
  ca: ca.optional(),
  clientCertificate: clientCertificate.optional(),
};

/** The same keys of one server, and what only one server can have. */
export const nearerConnectionKeys = {
  auth: auth.optional(),
  spn: spn.optional(),
  fallback: fallback.optional(),
  tls: tls.optional(),
  ca: ca.optional(),
  pin: pin.optional(),
  clientCertificate: clientCertificate.optional(),
};
