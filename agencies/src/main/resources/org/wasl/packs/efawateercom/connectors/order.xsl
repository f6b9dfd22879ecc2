<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the bill presentment: its JSON about joint orders as payment records. Money comes as whole fils. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:j="http://www.w3.org/2005/xpath-functions"
    xmlns:f="urn:efawateercom:functions" xmlns:payment="urn:wasl:payment:1" exclude-result-prefixes="xs j f">

  <xsl:template match="/j:map">
    <xsl:variable name="kind" select="string(j:string[@key = 'kind'])"/>
    <xsl:element name="payment:{$kind}">
      <xsl:attribute name="synthetic">true</xsl:attribute>
      <xsl:apply-templates select="." mode="members"/>
      <xsl:for-each select="j:array[@key = 'payments']/j:map">
        <payment:payment><xsl:apply-templates select="." mode="members"/></payment:payment>
      </xsl:for-each>
      <xsl:for-each select="j:array[@key = 'reversals']/j:map">
        <payment:reversal><xsl:apply-templates select="." mode="members"/></payment:reversal>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <!-- In the order of the schema, whatever the order of the JSON. -->
  <xsl:template match="j:map" mode="members">
    <xsl:sequence select="f:text(., 'date'), f:text(., 'id'), f:text(., 'number'), f:text(., 'reference')"/>
    <xsl:if test="j:number[@key = 'amountFils']">
      <payment:amount currency="JOD">
        <xsl:value-of select="format-number(xs:decimal(j:number[@key = 'amountFils']) div 1000, '0.000')"/>
      </payment:amount>
    </xsl:if>
    <xsl:sequence select="f:text(., 'status'), f:text(., 'channel'), f:text(., 'at')"/>
  </xsl:template>

  <xsl:function name="f:text">
    <xsl:param name="map"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:if test="$map/j:string[@key = $name]">
      <xsl:element name="payment:{$name}"><xsl:value-of select="$map/j:string[@key = $name]"/></xsl:element>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
