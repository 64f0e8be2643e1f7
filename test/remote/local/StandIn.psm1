# In the place of the command that needs WinRM, which is on Windows alone: the session is opened over SSH's way instead, whose
# program on the PATH is not ssh either. Everything that comes after is PowerShell's own remoting.

function New-PSSession {
    [CmdletBinding()]
    param([string] $ComputerName, [int] $Port, [string] $ConfigurationName, [switch] $UseSSL, [string] $Authentication, [System.Management.Automation.Remoting.PSSessionOption] $SessionOption)
    $asked = [ordered]@{
        computerName = $ComputerName; port = $Port; configurationName = $ConfigurationName; useSsl = [bool] $UseSSL
        authentication = $Authentication; openTimeout = $SessionOption.OpenTimeout.TotalMilliseconds; idleTimeout = $SessionOption.IdleTimeout.TotalMilliseconds
    }
    Add-Content -LiteralPath $env:STAND_IN_LOG -Value (ConvertTo-Json -Compress $asked)
    if ($ComputerName -match '^error-(\d+)$') {
        $text = 'Connecting to remote server {0} failed with the following error message : {1}' -f $ComputerName, $env:STAND_IN_TEXT
        $exception = [System.Management.Automation.Remoting.PSRemotingTransportException]::new($text)
        $exception.ErrorCode = [int][long] $Matches[1]
        $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($exception, 'StandIn,PSSessionOpenFailed', 'OpenError', $ComputerName))
    }
    Microsoft.PowerShell.Core\New-PSSession -HostName "$ConfigurationName.$ComputerName" -ErrorAction Stop
}

Export-ModuleMember -Function New-PSSession
