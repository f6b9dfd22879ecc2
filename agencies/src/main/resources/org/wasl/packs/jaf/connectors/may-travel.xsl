<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the armed forces. A code that the list does not know passes through marked, so that validation names it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:military="urn:wasl:military:1">
  <xsl:template match="/">
    <xsl:apply-templates select="answer/rows/row[1]"/>
  </xsl:template>

  <xsl:template match="row">
    <military:mayTravel synthetic="true">
      <military:identifier scheme="JO-NAT" issuingCountry="JO"><xsl:value-of select="RAQAM"/></military:identifier>
      <military:permitted>
        <xsl:value-of select="(map { 'N': 'true', 'L': 'false' }(string(SAFAR)), 'CODE-' || SAFAR)[1]"/>
      </military:permitted>
    </military:mayTravel>
  </xsl:template>
</xsl:stylesheet>
