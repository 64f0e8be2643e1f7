import { type ClixmlValue, extendedObject } from '../clixml-value.ts';

/** APPLICATION_PRIVATE_DATA without data, MS-PSRP 2.2.2.13. The client has no use for what real servers put in. */
export function applicationPrivateData(): ClixmlValue {
  return extendedObject({
    ApplicationPrivateData: {
      typeNames: [
        'System.Management.Automation.PSPrimitiveDictionary',
        'System.Collections.Hashtable',
        'System.Object',
      ],
      extended: new Map(),
      adapted: new Map(),
      dictionary: [],
    },
  });
}
