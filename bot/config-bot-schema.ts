import { z } from 'zod';
import { filePath, guid, host, port, words } from './config-values.ts';
import { cloudNames } from './registration/cloud.ts';

const botTypes = ['SingleTenant', 'UserAssignedMsi', 'MultiTenant'] as const;

const certificate = z
  .strictObject(
    {
      thumbprint: words(
        'a thumbprint in quotes: 40 hexadecimal digits (SHA-1) or 64 (SHA-256)',
        /^(?:[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})$/,
      ).meta({ description: 'Of the certificate, as the registration shows it.' }),
      keyFile: filePath.meta({
        description:
          'File with its private key (PEM, RSA), relative to this file. Nobody but its owner may read it.',
      }),
    },
    { error: 'a certificate: thumbprint and keyFile' },
  )
  .meta({ description: 'What the bot signs in with, instead of a client secret.' });

export const cloud = z
  .enum(cloudNames, { error: cloudNames.join(', ') })
  .default('Public')
  .meta({ description: 'The cloud that the tenant and the bot registration are in. GCC is Public.' });

export const bot = z.strictObject(
  {
    appId: guid.optional().meta({ description: 'Application (client) id of the bot registration.' }),
    type: z
      .enum(botTypes, { error: botTypes.join(' or ') })
      .default('SingleTenant')
      .meta({ description: 'Kind of the registration.' }),
    certificate: certificate.optional(),
    otherTenants: z
      .array(guid, { error: 'a list of Entra tenant ids' })
      .default([])
      .meta({ description: 'Tenants that are answered beside "tenant". Only with type MultiTenant.' }),
    listen: z
      .strictObject(
        {
          host: host.default('127.0.0.1').meta({ description: 'Address to listen on.' }),
          port: port.default(3978).meta({ description: 'Port to listen on.' }),
        },
        { error: 'host and port' },
      )
      .prefault({}),
  },
  { error: 'the bot: appId, type, certificate, otherTenants, listen' },
);
