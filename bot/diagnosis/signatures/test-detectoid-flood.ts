import type { Signature } from '../signature.ts';

const cure = [
  'Back up SUSDB. Set MaxXMLPerRequest to 0 and run iisreset.',
  'Delete the updates titled “Product Detectoid for ProductName TestProduct” and run iisreset again. Every SUSDB needs it: deletions do not replicate.',
  'When clients scan again, set MaxXMLPerRequest back to 5242880 and run iisreset.',
  'Raise maxInstalledPrerequisites after that, and only where the log names InstalledNonLeafUpdateIDs. It is relief, not the cure.',
];

export const testDetectoidFlood: Signature = {
  id: 'test-detectoid-flood',
  heading: 'Test products of KB 5121986 may be on this server',
  cause:
    'In July 2026 Microsoft published test products by mistake. A server that synchronised them gives its clients more than they can take, and they show 80244010, 8024400E, 80244007, 80244022, 80240439 or 80072EE2.',
  why: 'The text names “Product Detectoid for ProductName TestProduct”, or shows several of these codes side by side since 13 July 2026.',
  remedy: [
    'Count the updates titled “Product Detectoid for ProductName TestProduct” in SUSDB. None there: look at each code by itself.',
    ...cure,
  ],
  sureness: {
    certain: {
      heading: 'Test products of KB 5121986 are on this server',
      cause:
        'In July 2026 Microsoft published test products by mistake, and this server synchronised them. It gives its clients more than they can take: they show 80244010, 8024400E, 80244007, 80244022, 80240439 or 80072EE2.',
      why: 'The text names “Product Detectoid for ProductName TestProduct”.',
      remedy: cure,
    },
    weak: {
      why: 'Several of these codes stand side by side since 13 July 2026, and no detail of a fault explains them. That is a suspicion: each of them has everyday causes too.',
    },
  },
  link: {
    title: 'KB 5121986',
    url: 'https://support.microsoft.com/help/5121986',
  },
  mayPropose: false,
  limitKey: null,
  rank: 5,
  match: () => null,
};
