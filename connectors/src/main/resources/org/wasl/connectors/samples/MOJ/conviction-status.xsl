<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the ministry of justice: the result only. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:justice="urn:wasl:justice:1" xmlns:common="urn:wasl:common:1" exclude-result-prefixes="common">

  <xsl:variable name="results" select="map { 'C': 'CLEAR', 'N': 'NOT_CLEAR', 'M': 'MANUAL_REVIEW' }"/>

  <xsl:template match="/">
    <!-- Two rows for one person contradict each other, whatever they say. -->
    <xsl:if test="count(answer/rows/row) ne 1">
      <xsl:sequence select="error(QName('urn:moj:mapping', 'MORE_THAN_ONE_ROW'))"/>
    </xsl:if>
    <xsl:apply-templates select="answer/rows/row"/>
  </xsl:template>

  <xsl:template match="row">
    <justice:status>
      <xsl:if test="contains(remarks, 'SYNTHETIC')"><xsl:attribute name="synthetic" select="true()"/></xsl:if>
      <justice:identifier scheme="JO-NAT" issuingCountry="JO"><xsl:value-of select="national_number"/></justice:identifier>
      <justice:result><xsl:value-of select="($results(string(status_code)), 'CODE-' || status_code)[1]"/></justice:result>
      <xsl:if test="certificate_no"><justice:certificateNumber><xsl:value-of select="certificate_no"/></justice:certificateNumber></xsl:if>
      <xsl:if test="valid_until"><justice:validUntil><xsl:value-of select="valid_until"/></justice:validUntil></xsl:if>
    </justice:status>
  </xsl:template>
</xsl:stylesheet>
