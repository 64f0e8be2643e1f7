import type { ManifestInput } from '../../manifest/build-manifest.ts';

export const sampleInput: ManifestInput = {
  appId: '8c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa',
  version: '1.2.3',
  developer: {
    name: 'Contoso IT',
    websiteUrl: 'https://contoso.example/',
    privacyUrl: 'https://contoso.example/privacy',
    termsOfUseUrl: 'https://contoso.example/terms',
  },
  takesFiles: true,
};
