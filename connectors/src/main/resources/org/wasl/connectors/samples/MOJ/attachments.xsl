<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the ministry of justice: attachments in force and released. A NIL row says that there is none. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:moj:functions"
    xmlns:justice="urn:wasl:justice:1" xmlns:common="urn:wasl:common:1" exclude-result-prefixes="xs f">

  <xsl:variable name="states" select="map { 'ATT': 'ACTIVE', 'REL': 'LIFTED' }"/>
  <xsl:variable name="targets" select="map { 'VEHICLE': 'VEHICLE', 'PROPERTY': 'PROPERTY', 'ALL': 'ALL_ASSETS' }"/>

  <xsl:template match="/">
    <xsl:variable name="rows" select="answer/rows/row"/>
    <xsl:variable name="attachments" select="$rows[row_kind != 'NIL']"/>
    <justice:attachments>
      <xsl:if test="$rows[contains(remarks, 'SYNTHETIC')]"><xsl:attribute name="synthetic" select="true()"/></xsl:if>
      <justice:any><xsl:value-of select="exists($attachments[row_kind ne 'REL'])"/></justice:any>
      <xsl:apply-templates select="$attachments"/>
      <xsl:if test="$attachments[row_kind = 'ATT']/amount_jod">
        <justice:totalAmount currency="JOD">
          <xsl:value-of select="f:amount(sum($attachments[row_kind = 'ATT']/amount_jod/xs:decimal(.)))"/>
        </justice:totalAmount>
      </xsl:if>
    </justice:attachments>
  </xsl:template>

  <xsl:template match="row">
    <justice:attachment>
      <justice:case>
        <common:court code="{court_code}" lang="ar"><xsl:value-of select="normalize-space(court_name)"/></common:court>
        <common:year><xsl:value-of select="case_year"/></common:year>
        <common:number><xsl:value-of select="case_number"/></common:number>
        <xsl:if test="case_type"><common:type lang="ar"><xsl:value-of select="normalize-space(case_type)"/></common:type></xsl:if>
      </justice:case>
      <justice:kind>EXECUTION_ATTACHMENT</justice:kind>
      <justice:target><xsl:value-of select="($targets(string(scope)), 'CODE-' || scope)[1]"/></justice:target>
      <xsl:if test="scope = 'VEHICLE'">
        <justice:plate country="JO">
          <common:code><xsl:value-of select="substring-before(target, '-')"/></common:code>
          <common:number><xsl:value-of select="substring-after(target, '-')"/></common:number>
        </justice:plate>
      </xsl:if>
      <xsl:if test="amount_jod">
        <justice:amount currency="JOD"><xsl:value-of select="f:amount(xs:decimal(amount_jod))"/></justice:amount>
      </xsl:if>
      <xsl:if test="attached_on">
        <justice:date precision="DAY"><common:gregorian><xsl:value-of select="attached_on"/></common:gregorian></justice:date>
      </xsl:if>
      <justice:status><xsl:value-of select="($states(string(row_kind)), 'CODE-' || row_kind)[1]"/></justice:status>
    </justice:attachment>
  </xsl:template>

  <xsl:function name="f:amount" as="xs:string">
    <xsl:param name="amount" as="xs:decimal"/>
    <xsl:sequence select="format-number($amount, '0.000')"/>
  </xsl:function>
</xsl:stylesheet>
