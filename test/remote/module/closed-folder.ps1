# A folder of Web.config in which administrators may make no file until it is theirs.

function global:Write-IntoClosedFolder([string]$Path, [byte[]]$Bytes) {
    $folder = [IO.Path]::GetDirectoryName($Path)
    if ([IO.Path]::GetFileName($folder) -eq 'ClientWebService' -and (Get-WindowsFileSecurity -Path $folder).Sddl -notmatch '^O:BA') {
        throw [UnauthorizedAccessException]::new("Access to the path '$Path' is denied.")
    }
    Write-PracticeFile $Path $Bytes
}
Set-Alias -Name Write-NewFile -Value Write-IntoClosedFolder -Scope Global -Force
