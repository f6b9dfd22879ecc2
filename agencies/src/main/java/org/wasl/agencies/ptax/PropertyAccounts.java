package org.wasl.agencies.ptax;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import org.jspecify.annotations.Nullable;

/** The service's contract, from which its WSDL is made. */
@WebService(name = "PropertyAccounts", targetNamespace = PropertyAccounts.NAMESPACE)
public interface PropertyAccounts {

    String NAMESPACE = "urn:ptax:accounts:2";

    /**
     * The accounts in which a national number is an owner.
     *
     * @throws AccountNotFound when no title is linked to the number: never an empty list
     */
    @WebMethod
    @WebResult(name = "accounts")
    AccountsReply getAccounts(@WebParam(name = "nationalNumber") @Nullable String nationalNumber)
            throws AccountNotFound, BadRequest;

    /** The account of one parcel. */
    @WebMethod
    @WebResult(name = "accounts")
    AccountsReply getAccountByParcel(
            @WebParam(name = "directorate") @Nullable String directorate,
            @WebParam(name = "village") @Nullable String village,
            @WebParam(name = "basin") @Nullable String basin,
            @WebParam(name = "parcel") @Nullable String parcel)
            throws AccountNotFound, BadRequest;

    /** Takes a payment of all that a national number owes. Asked again under one id, it answers the same. */
    @WebMethod
    @WebResult(name = "settlement")
    SettlementReply settleDues(
            @WebParam(name = "settlementId") @Nullable String settlementId,
            @WebParam(name = "nationalNumber") @Nullable String nationalNumber,
            @WebParam(name = "amount") @Nullable String amount)
            throws BadRequest;

    /** Takes a payment of one year of one account, less the discount for who pays early. */
    @WebMethod
    @WebResult(name = "settlement")
    SettlementReply settleYear(
            @WebParam(name = "settlementId") @Nullable String settlementId,
            @WebParam(name = "accountNo") @Nullable String accountNo,
            @WebParam(name = "year") @Nullable String year,
            @WebParam(name = "amount") @Nullable String amount,
            @WebParam(name = "discount") @Nullable String discount)
            throws BadRequest;
}
