# The same on several servers, one after the other, over PowerShell remoting.

# One line a server. One that fails does not stop the others; at the end an error counts them.
function Invoke-OnServerList {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([string[]]$ComputerName, $Request)

    if ($Request.Uninstall) { $action = 'Take the endpoint WsusBot away' } else { $action = 'Set up the endpoint WsusBot' }
    $failed = @()
    foreach ($name in $ComputerName) {
        if (-not $PSCmdlet.ShouldProcess($name, $action)) { continue }
        try { $line = Invoke-OnServer $name $Request } catch {
            $failed += $name
            $line = $_.Exception.Message
        }
        "${name}: $line"
    }
    if ($failed.Count -gt 0) {
        Deny-Endpoint 'ServersFailed' "Not done on $($failed.Count) of $($ComputerName.Count) servers: $($failed -join ', '). Mend the reason and run the same command for these."
    }
}

# Copies these files to a server, runs this script there and answers its last line.
function Invoke-OnServer([string]$Name, $Request) {
    $session = Open-WindowsSession -ComputerName $Name
    try {
        Assert-NewEnough (Microsoft.PowerShell.Core\Invoke-Command -Session $session -ScriptBlock { [string]$PSVersionTable.PSVersion })
        $folder = Copy-ToServer $session $Request.Source
        try {
            $lines = @(Invoke-FromFolder $session $folder $Request)
        } finally {
            Microsoft.PowerShell.Core\Invoke-Command -Session $session -ScriptBlock { param($folder) [IO.Directory]::Delete($folder, $true) } -ArgumentList $folder
        }
        foreach ($line in $lines) { Microsoft.PowerShell.Utility\Write-Verbose "${Name}: $line" }
        return $lines[-1]
    } finally { Microsoft.PowerShell.Core\Remove-PSSession -Session $session }
}

# Into the folder for temporary files of the administrator that we are there. In one message: a copy of so many small files
# takes many. Answers the new folder.
function Copy-ToServer($Session, [string]$Source) {
    $files = @{}
    foreach ($part in 'WsusBot', 'endpoint') {
        foreach ($file in [IO.Directory]::GetFiles([IO.Path]::Combine($Source, $part), '*', 'AllDirectories')) {
            $files[$file.Substring($Source.Length + 1)] = [IO.File]::ReadAllBytes($file)
        }
    }
    return Microsoft.PowerShell.Core\Invoke-Command -Session $Session -ArgumentList $files -ScriptBlock {
        param($files)
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "WsusBot-$([Guid]::NewGuid())")
        foreach ($name in $files.Keys) {
            $path = [IO.Path]::Combine($folder, $name)
            $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
            [IO.File]::WriteAllBytes($path, $files[$name])
        }
        $folder
    }
}

function Invoke-FromFolder($Session, [string]$Folder, $Request) {
    # Asked about here already.
    $parameters = @{ Confirm = $false }
    foreach ($name in 'DiagnoseGroup', 'RepairGroup', 'Uninstall', 'NoServiceRestart') {
        if ($Request[$name]) { $parameters[$name] = $Request[$name] }
    }
    Microsoft.PowerShell.Core\Invoke-Command -Session $Session -ArgumentList $Folder, $parameters -ScriptBlock {
        param($folder, $parameters)
        & ([IO.Path]::Combine($folder, 'endpoint', 'Install-WsusBotEndpoint.ps1')) @parameters
    }
}
