# Times as they go over the wire: ISO 8601 in UTC, by this server's clock.

function Format-UtcTime([DateTime]$Time) {
    return $Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [Globalization.CultureInfo]::InvariantCulture)
}

function ConvertFrom-UtcTime([string]$Text) {
    $styles = [Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal'
    return [DateTime]::Parse($Text, [Globalization.CultureInfo]::InvariantCulture, $styles)
}
