<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the armed forces. A code that the list does not know passes through marked, so that validation names it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:military="urn:wasl:military:1">
  <xsl:template match="/">
    <xsl:apply-templates select="answer/rows/row[1]"/>
  </xsl:template>

  <xsl:template match="row">
    <military:service synthetic="true">
      <military:identifier scheme="JO-NAT" issuingCountry="JO"><xsl:value-of select="RAQAM"/></military:identifier>
      <military:booklet><xsl:value-of select="DAFTAR"/></military:booklet>
      <military:status>
        <xsl:value-of select="(map { '1': 'COMPLETED', '2': 'DEFERRED', '3': 'EXEMPT', '4': 'DUE', '5': 'CALLED' }(string(HALA)),
            'CODE-' || HALA)[1]"/>
      </military:status>
      <xsl:if test="HATTA"><military:until><xsl:value-of select="HATTA"/></military:until></xsl:if>
    </military:service>
  </xsl:template>
</xsl:stylesheet>
