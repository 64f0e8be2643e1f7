function Restore-WsusBotBackup {
    <#
    .SYNOPSIS
    Puts a backup of ClientWebService's Web.config back, byte for byte, when file and backup are the approved ones.
    .DESCRIPTION
    Owner, DACL and attributes come back as they were when the backup was made. Answers one JSON string.
    .PARAMETER ChangeId
    The GUID of the change.
    .PARAMETER NotAfter
    By this server's clock, ISO 8601 in UTC. Called later, the function refuses.
    .PARAMETER Backup
    The name of a backup, as Set-WsusBotLimit answered it; never a path.
    .PARAMETER Sha256Before
    The file as it must be now.
    .PARAMETER Sha256After
    The backup, and the file afterwards.
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
        [ValidateLength(1, 80)]
        [string]$Backup,

        [Parameter(Mandatory = $true)]
        [ValidatePattern('(?-i)\A[0-9a-f]{64}\z')]
        [string]$Sha256Before,

        [Parameter(Mandatory = $true)]
        [ValidatePattern('(?-i)\A[0-9a-f]{64}\z')]
        [string]$Sha256After
    )
    Invoke-ActingFunction 'Restore-WsusBotBackup' $ChangeId $NotAfter -Sha256Before $Sha256Before -Sha256After $Sha256After -Action {
        Write-Step 'read'
        $approved = Read-ApprovedFile $Sha256Before
        $saved = Invoke-OrRefuse 'file-not-readable' 'reading the backup' { Read-Backup $Backup $Sha256After }
        $placed = Install-FileContent $approved $saved.Bytes $saved.State
        return [ordered]@{
            outcome = 'restored'
            sha256 = $Sha256After
            writtenAt = $placed.WrittenAt
            leftDifferent = $placed.LeftDifferent
        }
    }
}
