# What only Windows has, each a call and nothing more. The practice layer for other systems replaces these functions alone.

# A value of the 64-bit registry, or $null when the key or the value is not there. Path: 'HKLM:\SOFTWARE\...'.
function Get-WindowsRegistryValue([string]$Path, [string]$Name) {
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    try {
        $key = $root.OpenSubKey($Path.Substring('HKLM:\'.Length))
        if ($null -eq $key) { return $null }
        try { return $key.GetValue($Name) } finally { $key.Dispose() }
    } finally { $root.Dispose() }
}

# 'Running', 'Stopped', 'StartPending' and so on, or $null when there is no such service.
function Get-WindowsServiceStatus([string]$Name) {
    try {
        return [string](Microsoft.PowerShell.Management\Get-Service -Name $Name -ErrorAction Stop).Status
    } catch {
        if ($_.FullyQualifiedErrorId -like 'NoServiceFoundForGivenName*') { return $null }
        throw
    }
}

function Get-WindowsComputerName { return [Environment]::MachineName }

function Get-WindowsProgramData { return [Environment]::GetFolderPath('CommonApplicationData') }

# When a process started (DateTime, UTC), or $null when there is none of this id.
function Get-WindowsProcessStart([int]$Id) {
    try { $process = [Diagnostics.Process]::GetProcessById($Id) } catch [ArgumentException] { return $null }
    try { return $process.StartTime.ToUniversalTime() } catch [InvalidOperationException] { return $null } finally { $process.Dispose() }
}

# What appcmd.exe prints. Throws 'iis-tools-missing', 'iis-not-readable'.
function Invoke-WindowsAppCmd([string[]]$Arguments) {
    $file = [IO.Path]::Combine([Environment]::SystemDirectory, 'inetsrv', 'appcmd.exe')
    if (-not [IO.File]::Exists($file)) {
        throw (New-CodedError 'iis-tools-missing' "asking IIS: $file is not there")
    }
    $isList = $Arguments[0] -eq 'list'
    if ($isList) { $seconds = 10 } else { $seconds = 60 }
    $result = Invoke-WindowsProgram $file $Arguments $seconds
    # It answers 1 when a list is empty.
    if ($result.ExitCode -ne 0 -and -not ($isList -and $result.ExitCode -eq 1)) {
        throw (New-CodedError 'iis-not-readable' "appcmd $($Arguments -join ' '): exit code $($result.ExitCode) $($result.Output.Trim())")
    }
    return $result.Output
}

# Restarts all of IIS, as KB 4096317 says. Throws 'iisreset-failed'.
function Invoke-WindowsIisReset {
    $result = Invoke-WindowsProgram ([IO.Path]::Combine([Environment]::SystemDirectory, 'iisreset.exe')) @() 90
    if ($result.ExitCode -ne 0) {
        throw (New-CodedError 'iisreset-failed' "iisreset: exit code $($result.ExitCode) $($result.Output.Trim())")
    }
}

# The owner's name, and owner, group and DACL as SDDL: @{ Owner; Sddl }. For a file or a folder.
function Get-WindowsFileSecurity([string]$Path) {
    $security = Microsoft.PowerShell.Security\Get-Acl -LiteralPath $Path
    return @{ Owner = $security.Owner; Sddl = $security.GetSecurityDescriptorSddlForm('Owner, Group, Access') }
}

# Sets owner, group and DACL of a file or a folder.
function Set-WindowsFileSecurity([string]$Path, [string]$Sddl) {
    try {
        Set-WindowsSecurityDescriptor $Path $Sddl 'Owner, Group, Access'
    } catch {
        # An owner that is not in our token needs a privilege that .NET does not switch on and icacls does. The owner goes
        # first: the DACL that is put back may take away the right to set him.
        $descriptor = Microsoft.PowerShell.Utility\New-Object Security.AccessControl.RawSecurityDescriptor $Sddl
        $icacls = [IO.Path]::Combine([Environment]::SystemDirectory, 'icacls.exe')
        $null = Assert-WindowsProgram $icacls @($Path, '/setowner', "*$($descriptor.Owner.Value)")
        try { Set-WindowsSecurityDescriptor $Path $Sddl 'Group, Access' } catch { Set-WindowsSecurityDescriptor $Path $Sddl 'Access' }
    }
}

# Gives a file or a folder (alone, not what is in it) to the administrators, by their SID.
function Grant-WindowsFileAccess([string]$Path) {
    $system = [Environment]::SystemDirectory
    $null = Assert-WindowsProgram ([IO.Path]::Combine($system, 'takeown.exe')) @('/F', $Path, '/A')
    $null = Assert-WindowsProgram ([IO.Path]::Combine($system, 'icacls.exe')) @($Path, '/grant', '*S-1-5-32-544:(F)')
}

# All names of a file, itself among them, as full paths.
function Get-WindowsHardLink([string]$Path) {
    $fsutil = [IO.Path]::Combine([Environment]::SystemDirectory, 'fsutil.exe')
    $output = Assert-WindowsProgram $fsutil @('hardlink', 'list', $Path)
    $drive = [IO.Path]::GetPathRoot($Path).TrimEnd('\')
    return @($output.Split("`r`n".ToCharArray(), 'RemoveEmptyEntries') |
            Microsoft.PowerShell.Core\ForEach-Object { "$drive$($_.Trim())" })
}

# The value of a performance counter; of one with instances, the largest.
function Get-WindowsCounter([string]$Category, [string]$Counter) {
    $group = Microsoft.PowerShell.Utility\New-Object Diagnostics.PerformanceCounterCategory $Category
    if ([string]$group.CategoryType -eq 'SingleInstance') { $instances = @('') } else { $instances = $group.GetInstanceNames() }
    if ($instances.Length -eq 0) { throw (New-CodedError 'not-readable' "reading the counters: $Category has no instance") }
    [long]$largest = 0
    foreach ($instance in $instances) {
        $reader = Microsoft.PowerShell.Utility\New-Object Diagnostics.PerformanceCounter $Category, $Counter, $instance, $true
        try { $largest = [Math]::Max($largest, $reader.RawValue) } finally { $reader.Dispose() }
    }
    return $largest
}

# The rows that a query of ours answers, each a hashtable. Connecting takes at most 5 s.
function Invoke-WindowsSusdbQuery([string]$Server, [string]$Database, [string]$Query, [int]$TimeoutSeconds) {
    Microsoft.PowerShell.Utility\Add-Type -AssemblyName System.Data
    $address = Microsoft.PowerShell.Utility\New-Object Data.SqlClient.SqlConnectionStringBuilder
    $address['Data Source'] = $Server
    $address['Initial Catalog'] = $Database
    $address['Integrated Security'] = $true
    $address['Connect Timeout'] = 5
    $address['Application Name'] = 'WSUS Bot'
    $connection = Microsoft.PowerShell.Utility\New-Object Data.SqlClient.SqlConnection $address.ConnectionString
    try {
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Query
        $command.CommandTimeout = $TimeoutSeconds
        $reader = $command.ExecuteReader()
        $rows = @()
        while ($reader.Read()) {
            $row = @{}
            for ($column = 0; $column -lt $reader.FieldCount; $column++) {
                $row[$reader.GetName($column)] = $reader.GetValue($column)
            }
            $rows += $row
        }
        return , $rows
    } finally { $connection.Dispose() }
}

function Set-WindowsSecurityDescriptor([string]$Path, [string]$Sddl, [string]$Sections) {
    if ([IO.Directory]::Exists($Path)) {
        $item = Microsoft.PowerShell.Utility\New-Object IO.DirectoryInfo $Path
        $security = Microsoft.PowerShell.Utility\New-Object Security.AccessControl.DirectorySecurity
    } else {
        $item = Microsoft.PowerShell.Utility\New-Object IO.FileInfo $Path
        $security = Microsoft.PowerShell.Utility\New-Object Security.AccessControl.FileSecurity
    }
    $security.SetSecurityDescriptorSddlForm($Sddl, $Sections)
    if ($PSVersionTable.PSVersion.Major -ge 6) {
        [IO.FileSystemAclExtensions]::SetAccessControl($item, $security)
    } else {
        $item.SetAccessControl($security)
    }
}
