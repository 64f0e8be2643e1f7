# What SUSDB counts. Read only, bounded in time, and never waiting for a lock.

# vwMinimalUpdate with IsSuperseded and Declined is what the queries of Microsoft's WSUS maintenance guide read. Titles: a
# revision's title in the language that the update itself calls its default, by the tables that published clean-up scripts
# for KB 5121986 read (tbProperty, tbLocalizedPropertyForRevision, tbLocalizedProperty); the title is the KB's own.
$script:UpdateCountsQuery = @'
SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED;
SELECT
    (SELECT COUNT(*) FROM dbo.vwMinimalUpdate WHERE Declined = 0) AS notDeclined,
    (SELECT COUNT(*) FROM dbo.vwMinimalUpdate WHERE Declined = 0 AND IsSuperseded = 1) AS supersededNotDeclined,
    (SELECT COUNT(*)
        FROM dbo.tbRevision AS revision
        INNER JOIN dbo.tbProperty AS property ON property.RevisionID = revision.RevisionID
        INNER JOIN dbo.tbLocalizedPropertyForRevision AS named
            ON named.RevisionID = revision.RevisionID AND named.LanguageID = property.DefaultPropertiesLanguageID
        INNER JOIN dbo.tbLocalizedProperty AS texts ON texts.LocalizedPropertyID = named.LocalizedPropertyID
        WHERE revision.IsLatestRevision = 1
            AND texts.Title LIKE N'Product Detectoid for ProductName TestProduct%') AS testDetectoids;
'@

# @{ notDeclined; supersededNotDeclined; testDetectoids }. Throws 'susdb-unknown', and what the database answers.
function Get-UpdateCount {
    $server = Get-SusdbServer
    $database = Get-WsusSetup 'SqlDatabaseName'
    if ([string]::IsNullOrEmpty($database)) { $database = 'SUSDB' }
    $rows = Invoke-WindowsSusdbQuery -Server $server -Database $database -Query $script:UpdateCountsQuery -TimeoutSeconds 10
    $counts = [ordered]@{}
    foreach ($name in 'notDeclined', 'supersededNotDeclined', 'testDetectoids') {
        # Nothing is not zero.
        if ($null -eq $rows[0][$name]) { throw (New-CodedError 'susdb-unknown' "reading SUSDB: it answers no $name") }
        $counts[$name] = [int]$rows[0][$name]
    }
    return $counts
}

# The data source of SUSDB. Windows Internal Database listens on a pipe alone, and the registry gives it a name that is none.
function Get-SusdbServer {
    $name = [string](Get-WsusSetup 'SqlServerName')
    if ($name -eq '') { throw (New-CodedError 'susdb-unknown' 'reading SUSDB: the registry names no SQL server') }
    if ($name -like '*##WID') { return 'np:\\.\pipe\MICROSOFT##WID\tsql\query' }
    # Of Windows Server 2008 R2 and older, kept by an upgrade in place.
    if ($name -like '*##SSEE') { return 'np:\\.\pipe\MSSQL$MICROSOFT##SSEE\sql\query' }
    return [Environment]::ExpandEnvironmentVariables($name)
}
