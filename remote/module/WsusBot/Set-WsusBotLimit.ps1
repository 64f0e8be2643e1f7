function Set-WsusBotLimit {
    <#
    .SYNOPSIS
    Raises limits in the Web.config of ClientWebService, when the file is the approved one and comes out as approved.
    .DESCRIPTION
    Reads the file again, works the edit out by itself, and replaces the file only if both hashes are those that were
    approved. Keeps a backup; owner, DACL and attributes stay as they were. Answers one JSON string.
    .PARAMETER ChangeId
    The GUID of the change. It names the backup.
    .PARAMETER NotAfter
    By this server's clock, ISO 8601 in UTC. Called later, the function refuses.
    .PARAMETER Sha256Before
    The file as it must be now.
    .PARAMETER Sha256After
    The file as it must come out.
    .PARAMETER MaxInstalledPrerequisites
    The new value of maxInstalledPrerequisites.
    .PARAMETER MaxCachedUpdates
    The new value of maxCachedUpdates.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [ValidatePattern('\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z')]
        [string]$ChangeId,

        [Parameter(Mandatory = $true)]
        [ValidatePattern('\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7})?)?Z\z')]
        [string]$NotAfter,

        [Parameter(Mandatory = $true)]
        [ValidatePattern('(?-i)\A[0-9a-f]{64}\z')]
        [string]$Sha256Before,

        [Parameter(Mandatory = $true)]
        [ValidatePattern('(?-i)\A[0-9a-f]{64}\z')]
        [string]$Sha256After,

        [ValidateRange(1, 1000000)]
        [int]$MaxInstalledPrerequisites,

        [ValidateRange(1, 1000000)]
        [int]$MaxCachedUpdates
    )
    $edits = @{}
    if ($PSBoundParameters.ContainsKey('MaxInstalledPrerequisites')) { $edits['maxInstalledPrerequisites'] = $MaxInstalledPrerequisites }
    if ($PSBoundParameters.ContainsKey('MaxCachedUpdates')) { $edits['maxCachedUpdates'] = $MaxCachedUpdates }
    if ($edits.Count -eq 0) { throw 'Set-WsusBotLimit: no new value was given' }

    Invoke-ActingFunction 'Set-WsusBotLimit' $ChangeId $NotAfter -Sha256Before $Sha256Before -Sha256After $Sha256After -Action {
        Write-Step 'read'
        $approved = Read-ApprovedFile $Sha256Before
        $after = Edit-WebConfigBytes -Bytes $approved.Bytes -Edits $edits
        if ((Get-BytesSha256 $after) -ne $Sha256After) {
            throw (New-CodedError 'after-hash-differs' 'this server works the edit out to other bytes than the plan')
        }
        Write-Step 'backup'
        $name = "Web.config.$($ChangeId.ToLowerInvariant()).bak"
        $backup = Invoke-OrRefuse 'file-not-writable' 'writing the backup' {
            Write-Backup $name $approved.Bytes $approved.Path $approved.State
        }
        $placed = Install-FileContent $approved $after $approved.State
        return [ordered]@{
            outcome = 'written'
            backup = [ordered]@{ name = $name; path = $backup; sha256 = $Sha256Before }
            sha256 = $Sha256After
            writtenAt = $placed.WrittenAt
            leftDifferent = $placed.LeftDifferent
        }
    }
}
