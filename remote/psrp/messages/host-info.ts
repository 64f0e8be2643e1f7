import { type ClixmlValue, enumObject, extendedObject } from '../clixml-value.ts';

/** HostInfo of a client without a host: the server then makes no host calls (MS-PSRP 2.2.3.14). */
export function hostInfoData(): ClixmlValue {
  return extendedObject({
    _isHostNull: true,
    _isHostUINull: true,
    _isHostRawUINull: true,
    _useRunspaceHost: true,
  });
}

/** ApartmentState "Unknown": the server chooses. */
export function apartmentStateData(): ClixmlValue {
  return enumObject('System.Threading.ApartmentState', 'Unknown', 2);
}
