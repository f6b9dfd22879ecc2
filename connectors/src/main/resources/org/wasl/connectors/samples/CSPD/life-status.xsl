<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:civil="urn:wasl:civil:1" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    exclude-result-prefixes="map">
  <!-- HALA 1 alive, 2 deceased; any other code is an error of the register and must not read as alive. -->
  <xsl:template match="/answer/rows/row" as="element()">
    <civil:lifeStatus>
      <civil:identifier scheme="{if (MASDAR = 'NL') then 'NL-ANR' else 'JO-NAT'}"
          issuingCountry="{if (MASDAR = 'NL') then 'NL' else 'JO'}"><xsl:value-of select="RAQAM_WATANI"/></civil:identifier>
      <civil:status><xsl:value-of select="(map { '1': 'ALIVE', '2': 'DECEASED' }(HALA), 'CODE-' || HALA)[1]"/></civil:status>
    </civil:lifeStatus>
  </xsl:template>

  <xsl:template match="/">
    <xsl:apply-templates select="answer/rows/row[1]"/>
  </xsl:template>
</xsl:stylesheet>
