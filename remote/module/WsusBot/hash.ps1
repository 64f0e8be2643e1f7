# SHA-256 as lower-case hex.

function Get-BytesSha256([byte[]]$Bytes) {
    if ($PSVersionTable.PSVersion.Major -ge 6) {
        $algorithm = [Security.Cryptography.SHA256]::Create()
    } else {
        # Under the FIPS policy .NET Framework refuses the managed implementation that Create() answers.
        $algorithm = Microsoft.PowerShell.Utility\New-Object Security.Cryptography.SHA256CryptoServiceProvider
    }
    try {
        return [BitConverter]::ToString($algorithm.ComputeHash($Bytes)).Replace('-', '').ToLowerInvariant()
    } finally { $algorithm.Dispose() }
}
