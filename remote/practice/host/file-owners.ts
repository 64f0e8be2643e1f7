/** Who owns a file, and its owner, group and DACL as SDDL. */
export interface FileOwner {
  readonly owner: string;
  readonly sddl: string;
}

const installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';

/** As servicing leaves its files: administrators read them, and write nothing. */
export const trustedInstaller: FileOwner = {
  owner: 'NT SERVICE\\TrustedInstaller',
  sddl: `O:${installer}G:${installer}D:PAI(A;;FA;;;${installer})(A;;0x1200a9;;;SY)(A;;0x1200a9;;;BA)(A;;0x1200a9;;;BU)`,
};

/** As a file that an administrator makes has them, from its folder. */
export const administrators: FileOwner = {
  owner: 'BUILTIN\\Administrators',
  sddl: 'O:BAG:SYD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)',
};
