"""What the migrations really leave in a database.

The migration tool knows tables and columns. Constraints, partial indexes, partitions, triggers and functions
were written by hand; here they are listed, so that none is lost without a word.
"""

# ruff: noqa: E501 - what is one line of the catalogue is one line here

import asyncio
import re
import sys
import textwrap
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from uuid import UUID, uuid4

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.fields.base import Field

import app
from app.core.config import Settings, SettingsError
from app.infra import embedded, migrations
from tests.factories.databases import empty_database
from tests.waiting import until

REPOSITORY = Path(app.__file__).parents[1]
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

CONSTRAINTS = """
api_key.api_key_org_id_fkey: FOREIGN KEY (org_id) REFERENCES org(id) ON DELETE RESTRICT
api_key.api_key_pkey: PRIMARY KEY (id)
api_key.api_key_public_id_key: UNIQUE (public_id)
api_key.api_key_replaced_by_id_fkey: FOREIGN KEY (replaced_by_id) REFERENCES api_key(id) ON DELETE RESTRICT
api_key.api_key_tokens_per_minute: CHECK tokens_per_minute >= 1 AND tokens_per_minute <= 1000000000
api_key.api_key_workspace_id_fkey: FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE RESTRICT
audit_checkpoint.audit_checkpoint_pkey: PRIMARY KEY (org_id, seq)
audit_entry.audit_entry_pkey: PRIMARY KEY (id)
audit_head.audit_head_pkey: PRIMARY KEY (org_id)
audit_seal.audit_seal_once: UNIQUE (entry_id)
audit_seal.audit_seal_pkey: PRIMARY KEY (org_id, seq)
audit_seal.audit_seal_seq: CHECK seq > 0
audit_unsealed.audit_unsealed_pkey: PRIMARY KEY (org_id, entry_id)
auto_top_up.auto_top_up_amount: CHECK amount > 0::numeric
auto_top_up.auto_top_up_amount_minor: CHECK amount_minor > 0
auto_top_up.auto_top_up_caps: CHECK max_count > 0 AND max_amount >= amount
auto_top_up.auto_top_up_cost_basis: CHECK cost_basis > 0::numeric
auto_top_up.auto_top_up_period: CHECK period = ANY ARRAY['day', 'week', 'month', 'total']
auto_top_up.auto_top_up_pkey: PRIMARY KEY (wallet_id)
auto_top_up.auto_top_up_threshold: CHECK threshold >= 0::numeric
auto_top_up.auto_top_up_wallet_id_fkey: FOREIGN KEY (wallet_id) REFERENCES wallet(id) ON DELETE RESTRICT
budget.budget_amount: CHECK amount >= 0::numeric
budget.budget_environment: CHECK environment = ANY ARRAY['live', 'test']
budget.budget_once: UNIQUE (org_id, scope_kind, scope_id, environment, period)
budget.budget_period: CHECK period = ANY ARRAY['day', 'week', 'month', 'total']
budget.budget_pkey: PRIMARY KEY (id)
budget.budget_scope: CHECK scope_kind = ANY ARRAY['api_key', 'user', 'team', 'customer']
budget_usage.budget_usage_budget_id_fkey: FOREIGN KEY (budget_id) REFERENCES budget(id) ON DELETE CASCADE
budget_usage.budget_usage_held: CHECK held >= 0::numeric
budget_usage.budget_usage_pkey: PRIMARY KEY (budget_id, starts_at)
burn_rule.burn_rule_burn_table_id_fkey: FOREIGN KEY (burn_table_id) REFERENCES burn_table(id) ON DELETE CASCADE
burn_rule.burn_rule_credits: CHECK credits >= 0::numeric
burn_rule.burn_rule_per: CHECK per > 0::numeric
burn_rule.burn_rule_pkey: PRIMARY KEY (id)
burn_rule.burn_rule_position: UNIQUE (burn_table_id, "position")
burn_table.burn_table_audience: CHECK audience_kind = ANY ARRAY['all', 'tier', 'customer']
burn_table.burn_table_credit_price: CHECK credit_price_usd >= 0::numeric
burn_table.burn_table_no_overlap: EXCLUDE USING gist (int8range((hashtextextended(((((org_id)::text || (audience_kind)::text) || ':'::text) || (audience_ref)::text), (0)::bigint) >> 1), (hashtextextended(((((org_id)::text || (audience_kind)::text) || ':'::text) || (audience_ref)::text), (0)::bigint) >> 1), '[]'::text) WITH &&, tstzrange(effective_from, effective_to) WITH &&) WHERE (((status)::text = 'published'::text))
burn_table.burn_table_period: CHECK effective_to > effective_from
burn_table.burn_table_pkey: PRIMARY KEY (id)
burn_table.burn_table_published: CHECK status = 'published' = published_at IS NOT NULL AND effective_from IS NOT NULL
burn_table.burn_table_status: CHECK status = ANY ARRAY['draft', 'published']
burn_table.burn_table_version: UNIQUE (org_id, audience_kind, audience_ref, version)
credit_grant.credit_grant_amount: CHECK amount > 0::numeric
credit_grant.credit_grant_bounds: CHECK held >= 0::numeric AND held <= remaining AND remaining <= amount
credit_grant.credit_grant_category: CHECK category = ANY ARRAY['paid', 'promotional']
credit_grant.credit_grant_period: CHECK expires_at > effective_at
credit_grant.credit_grant_pkey: PRIMARY KEY (id)
credit_grant.credit_grant_source: CHECK source = ANY ARRAY['purchase', 'plan', 'promotion', 'adjustment']
credit_grant.credit_grant_spent: CHECK is_spent = remaining = 0::numeric
credit_grant.credit_grant_wallet_id_fkey: FOREIGN KEY (wallet_id) REFERENCES wallet(id) ON DELETE RESTRICT
credit_hold.credit_hold_amount: CHECK amount > 0::numeric
credit_hold.credit_hold_ended: CHECK state = 'open' = ended_at IS NULL
credit_hold.credit_hold_once: UNIQUE (org_id, operation_key)
credit_hold.credit_hold_pkey: PRIMARY KEY (id)
credit_hold.credit_hold_settled: CHECK state <> 'settled' OR settled IS NOT NULL
credit_hold.credit_hold_state: CHECK state = ANY ARRAY['open', 'settled', 'released', 'expired']
credit_hold.credit_hold_usage: CHECK usage_id IS NULL = usage_amount IS NULL
customer.customer_external_id: UNIQUE (org_id, external_id)
customer.customer_pkey: PRIMARY KEY (id)
entitlement.entitlement_amount: CHECK amount >= 0::numeric
entitlement.entitlement_audience: CHECK audience_kind = ANY ARRAY['all', 'tier', 'customer']
entitlement.entitlement_limit: CHECK num_nonnullsunit, amount, period = ANY ARRAY[0, 3]
entitlement.entitlement_once: UNIQUE (org_id, audience_kind, audience_ref, feature_key)
entitlement.entitlement_period: CHECK period = ANY ARRAY['day', 'week', 'month', 'total']
entitlement.entitlement_pkey: PRIMARY KEY (id)
entitlement.entitlement_unit: CHECK unit = ANY ARRAY['credits', 'tokens', 'requests']
entitlement_usage.entitlement_usage_held: CHECK held >= 0::numeric
entitlement_usage.entitlement_usage_once: UNIQUE (org_id, environment, customer_id, feature_key, unit, starts_at)
entitlement_usage.entitlement_usage_pkey: PRIMARY KEY (id)
external_identity.external_identity_once: UNIQUE (issuer, subject)
external_identity.external_identity_pkey: PRIMARY KEY (id)
external_identity.external_identity_user_id_fkey: FOREIGN KEY (user_id) REFERENCES user_account(id) ON DELETE CASCADE
feature.feature_key: UNIQUE (org_id, key)
feature.feature_pkey: PRIMARY KEY (id)
feature_flag.feature_flag_percentage: CHECK percentage >= 0 AND percentage <= 100
feature_flag.feature_flag_pkey: PRIMARY KEY (key)
feature_flag_override.feature_flag_override_flag_key_fkey: FOREIGN KEY (flag_key) REFERENCES feature_flag(key) ON DELETE CASCADE
feature_flag_override.feature_flag_override_pkey: PRIMARY KEY (flag_key, org_id)
gateway_call.gateway_call_ended: CHECK ended_at IS NULL = outcome IS NULL
gateway_call.gateway_call_environment: CHECK environment = ANY ARRAY['live', 'test']
gateway_call.gateway_call_pkey: PRIMARY KEY (id)
gateway_call.gateway_call_usage: CHECK usage_id IS NULL = usage_amount IS NULL AND usage_id IS NULL OR hold_id IS NULL
gateway_policy.gateway_policy_cache: CHECK cache_seconds >= 1 AND cache_seconds <= 2592000
gateway_policy.gateway_policy_leaves: CHECK when_client_leaves = ANY ARRAY['drain', 'cancel']
gateway_policy.gateway_policy_once: UNIQUE (org_id, model)
gateway_policy.gateway_policy_percent: CHECK cached_percent >= 0 AND cached_percent <= 100
gateway_policy.gateway_policy_pkey: PRIMARY KEY (id)
gateway_policy.gateway_policy_strategy: CHECK strategy = ANY ARRAY['fixed', 'cheapest', 'weighted', 'fastest']
gateway_policy.gateway_policy_targets: CHECK jsonb_typeoftargets = 'array'
gateway_savings_hour.gateway_savings_hour_pkey: PRIMARY KEY (id)
gateway_savings_hour.gateway_savings_kind: CHECK kind = ANY ARRAY['routing', 'cache']
gateway_savings_hour.gateway_savings_once: UNIQUE (org_id, hour, workspace_id, requested_model, model, kind)
gateway_upstream.gateway_upstream_once: UNIQUE (org_id, name)
gateway_upstream.gateway_upstream_pkey: PRIMARY KEY (id)
gateway_upstream.gateway_upstream_protocol: CHECK protocol = ANY ARRAY['openai', 'anthropic', 'google']
idempotency_key.idempotency_key_pkey: PRIMARY KEY (org_id, principal_id, operation, key)
invitation.invitation_accepted: CHECK accepted_at IS NULL = accepted_by IS NULL
invitation.invitation_ended_once: CHECK accepted_at IS NULL OR revoked_at IS NULL
invitation.invitation_org_id_fkey: FOREIGN KEY (org_id) REFERENCES org(id) ON DELETE RESTRICT
invitation.invitation_pkey: PRIMARY KEY (id)
invitation.invitation_role: CHECK role = ANY ARRAY['OWNER', 'ADMIN', 'MEMBER', 'VIEWER']
job.job_cancelling: CHECK state <> 'CANCELLING' OR cancel_deadline IS NOT NULL
job.job_finished: CHECK state = ANY ARRAY['SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'] = finished_at IS NOT NULL
job.job_lease: CHECK state = ANY ARRAY['RUNNING', 'CANCELLING'] = lease_token IS NOT NULL AND lease_expires_at IS NOT NULL
job.job_pkey: PRIMARY KEY (id)
job.job_priority: CHECK priority >= 0 AND priority <= 2
job.job_progress: CHECK progress >= 0 AND progress <= 100
job.job_purged: CHECK purged_at IS NULL OR finished_at IS NOT NULL
job.job_state: CHECK state = ANY ARRAY['SCHEDULED', 'QUEUED', 'RUNNING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED']
job_event.job_event_kind: CHECK kind = ANY ARRAY['state', 'progress']
job_event.job_event_pkey: PRIMARY KEY (job_id, seq)
job_item.job_item_error: CHECK state <> 'FAILED' OR error_code IS NOT NULL
job_item.job_item_index: CHECK index >= 0
job_item.job_item_pkey: PRIMARY KEY (job_id, index)
job_item.job_item_state: CHECK state = ANY ARRAY['SUCCEEDED', 'FAILED']
job_slot.job_slot_pkey: PRIMARY KEY (org_id, n)
ledger_entry.ledger_entry_account: CHECK account = ANY ARRAY['credit', 'debt', 'issued', 'consumed', 'expired']
ledger_entry.ledger_entry_amount: CHECK amount <> 0::numeric
ledger_entry.ledger_entry_grant: CHECK account = 'credit' = grant_id IS NOT NULL
ledger_entry.ledger_entry_pkey: PRIMARY KEY (transaction_id, line)
ledger_transaction.ledger_transaction_kind: CHECK kind = ANY ARRAY['grant', 'consume', 'settle', 'repay', 'expire', 'refund', 'claw_back']
ledger_transaction.ledger_transaction_once: UNIQUE (org_id, operation_key)
ledger_transaction.ledger_transaction_pkey: PRIMARY KEY (id)
membership.membership_once: UNIQUE (org_id, user_id)
membership.membership_org_id_fkey: FOREIGN KEY (org_id) REFERENCES org(id) ON DELETE RESTRICT
membership.membership_pkey: PRIMARY KEY (id)
membership.membership_role: CHECK role = ANY ARRAY['OWNER', 'ADMIN', 'MEMBER', 'VIEWER']
membership.membership_user_id_fkey: FOREIGN KEY (user_id) REFERENCES user_account(id) ON DELETE RESTRICT
one_time_token.one_time_token_pkey: PRIMARY KEY (id)
one_time_token.one_time_token_purpose: CHECK purpose = ANY ARRAY['verify_email', 'reset_password']
one_time_token.one_time_token_user_id_fkey: FOREIGN KEY (user_id) REFERENCES user_account(id) ON DELETE CASCADE
org.org_pkey: PRIMARY KEY (id)
org.org_requests_per_minute: CHECK requests_per_minute > 0
org.org_slug_key: UNIQUE (slug)
outbox_message.outbox_message_kind: CHECK kind = ANY ARRAY['task', 'event']
outbox_message.outbox_message_pkey: PRIMARY KEY (id)
periodic_task.periodic_task_pkey: PRIMARY KEY (name)
periodic_task.periodic_task_running: CHECK running_for IS NULL = running_until IS NULL
plan.plan_concurrent_jobs: CHECK concurrent_jobs > 0
plan.plan_pkey: PRIMARY KEY (code, version)
provider_price.provider_price_no_overlap: EXCLUDE USING gist (int8range((hashtextextended(((((org_id)::text || (provider)::text) || ':'::text) || (model)::text), (0)::bigint) >> 1), (hashtextextended(((((org_id)::text || (provider)::text) || ':'::text) || (model)::text), (0)::bigint) >> 1), '[]'::text) WITH &&, tstzrange(effective_from, effective_to) WITH &&)
provider_price.provider_price_period: CHECK effective_to > effective_from
provider_price.provider_price_pkey: PRIMARY KEY (id)
recovery_code.recovery_code_pkey: PRIMARY KEY (digest)
recovery_code.recovery_code_user_id_fkey: FOREIGN KEY (user_id) REFERENCES user_account(id) ON DELETE CASCADE
refresh_token.refresh_token_pkey: PRIMARY KEY (digest)
refresh_token.refresh_token_session_id_fkey: FOREIGN KEY (session_id) REFERENCES user_session(id) ON DELETE CASCADE
rerating.rerating_finished: CHECK state = 'done' = finished_at IS NOT NULL
rerating.rerating_pkey: PRIMARY KEY (id)
rerating.rerating_range: CHECK from_at < to_at
rerating.rerating_state: CHECK state = ANY ARRAY['running', 'done']
rerating_customer.rerating_customer_pkey: PRIMARY KEY (rerating_id, customer_id)
rerating_customer.rerating_customer_rerating_id_fkey: FOREIGN KEY (rerating_id) REFERENCES rerating(id) ON DELETE CASCADE
threshold_crossing.threshold_crossing_pkey: PRIMARY KEY (org_id, scope, starts_at, percent)
top_up.top_up_amount: CHECK amount > 0::numeric
top_up.top_up_amount_minor: CHECK amount_minor > 0
top_up.top_up_finished: CHECK state = 'pending' = finished_at IS NULL
top_up.top_up_pkey: PRIMARY KEY (id)
top_up.top_up_state: CHECK state = ANY ARRAY['pending', 'succeeded', 'failed']
totp.totp_pkey: PRIMARY KEY (user_id)
totp.totp_user_id_fkey: FOREIGN KEY (user_id) REFERENCES user_account(id) ON DELETE CASCADE
usage_adjustment.usage_adjustment_kind: CHECK kind = ANY ARRAY['rated', 'rerated', 'voided']
usage_adjustment.usage_adjustment_once: UNIQUE (usage_event_id, batch_id)
usage_adjustment.usage_adjustment_pkey: PRIMARY KEY (id)
usage_event.usage_event_counts: CHECK input_tokens >= 0 AND output_tokens >= 0 AND cached_input_tokens >= 0 AND cache_write_tokens >= 0 AND reasoning_tokens >= 0
usage_event.usage_event_pkey: PRIMARY KEY (org_id, occurred_at, id)
usage_event_key.usage_event_key_pkey: PRIMARY KEY (org_id, event_id)
usage_horizon.usage_horizon_kept: CHECK kept = ANY ARRAY['events', 'keys']
usage_horizon.usage_horizon_pkey: PRIMARY KEY (kept)
usage_latency_day.usage_latency_day_pkey: PRIMARY KEY (org_id, day, workspace_id, provider, model, bucket, slot)
usage_latency_hour.usage_latency_hour_pkey: PRIMARY KEY (org_id, hour, workspace_id, provider, model, bucket)
usage_rollup_customer_day.usage_rollup_customer_day_pkey: PRIMARY KEY (org_id, day, workspace_id, customer_id, slot)
usage_rollup_customer_model_day.usage_rollup_customer_model_day_pkey: PRIMARY KEY (org_id, day, workspace_id, customer_id, provider, model, slot)
usage_rollup_day.usage_rollup_day_pkey: PRIMARY KEY (org_id, day, workspace_id, provider, model, slot)
usage_rollup_feature_day.usage_rollup_feature_day_pkey: PRIMARY KEY (org_id, day, workspace_id, api_key_id, feature_id, provider, model, slot)
usage_rollup_hour.usage_rollup_hour_pkey: PRIMARY KEY (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
usage_rollup_user_day.usage_rollup_user_day_pkey: PRIMARY KEY (org_id, day, workspace_id, customer_id, user_id, slot)
user_account.user_account_pkey: PRIMARY KEY (id)
user_session.user_session_pkey: PRIMARY KEY (id)
user_session.user_session_user_id_fkey: FOREIGN KEY (user_id) REFERENCES user_account(id) ON DELETE CASCADE
wallet.wallet_covers_holds: CHECK balance + debt >= held
wallet.wallet_debt: CHECK debt >= 0::numeric
wallet.wallet_environment: CHECK environment = ANY ARRAY['live', 'test']
wallet.wallet_held: CHECK held >= 0::numeric
wallet.wallet_owner: UNIQUE (org_id, environment, owner_kind, owner_ref)
wallet.wallet_owner_kind: CHECK owner_kind = ANY ARRAY['org', 'team', 'customer']
wallet.wallet_pkey: PRIMARY KEY (id)
webhook_attempt.webhook_attempt_delivery_id_fkey: FOREIGN KEY (delivery_id) REFERENCES webhook_delivery(id) ON DELETE CASCADE
webhook_attempt.webhook_attempt_pkey: PRIMARY KEY (delivery_id, number)
webhook_delivery.webhook_delivery_endpoint_id_fkey: FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint(id) ON DELETE RESTRICT
webhook_delivery.webhook_delivery_finished: CHECK state = ANY ARRAY['SUCCEEDED', 'DEAD'] = finished_at IS NOT NULL
webhook_delivery.webhook_delivery_leased: CHECK state = 'SENDING' = lease_token IS NOT NULL
webhook_delivery.webhook_delivery_message_id_fkey: FOREIGN KEY (message_id) REFERENCES webhook_message(id) ON DELETE CASCADE
webhook_delivery.webhook_delivery_once: UNIQUE (message_id, endpoint_id)
webhook_delivery.webhook_delivery_pkey: PRIMARY KEY (id)
webhook_delivery.webhook_delivery_state: CHECK state = ANY ARRAY['PENDING', 'SENDING', 'SUCCEEDED', 'DEAD']
webhook_endpoint.webhook_endpoint_deleted: CHECK deleted_at IS NULL OR NOT is_enabled
webhook_endpoint.webhook_endpoint_disabled: CHECK is_enabled = disabled_reason IS NULL
webhook_endpoint.webhook_endpoint_disabled_reason: CHECK disabled_reason = ANY ARRAY['manual', 'gone', 'failing']
webhook_endpoint.webhook_endpoint_event_types: CHECK cardinalityevent_types > 0
webhook_endpoint.webhook_endpoint_max_concurrency: CHECK max_concurrency > 0
webhook_endpoint.webhook_endpoint_org_id_fkey: FOREIGN KEY (org_id) REFERENCES org(id) ON DELETE RESTRICT
webhook_endpoint.webhook_endpoint_pkey: PRIMARY KEY (id)
webhook_endpoint.webhook_endpoint_rate_per_second: CHECK rate_per_second > 0
webhook_message.webhook_message_pkey: PRIMARY KEY (id)
workspace.workspace_kind: CHECK kind = ANY ARRAY['live', 'test']
workspace.workspace_name: UNIQUE (org_id, name)
workspace.workspace_org_id_fkey: FOREIGN KEY (org_id) REFERENCES org(id) ON DELETE RESTRICT
workspace.workspace_pkey: PRIMARY KEY (id)
"""

# Besides those of primary keys and unique constraints.
INDEXES = """
CREATE INDEX api_key_org ON public.api_key USING btree (org_id, id)
CREATE INDEX audit_entry_action ON public.audit_entry USING btree (org_id, action, id)
CREATE INDEX audit_entry_org ON public.audit_entry USING btree (org_id, id)
CREATE INDEX audit_entry_principal ON public.audit_entry USING btree (org_id, principal_id, id)
CREATE INDEX audit_entry_target ON public.audit_entry USING btree (org_id, target_id, id)
CREATE INDEX audit_entry_time ON public.audit_entry USING btree (org_id, at)
CREATE INDEX auto_top_up_armed ON public.auto_top_up USING btree (wallet_id) WHERE is_armed
CREATE INDEX auto_top_up_disarmed ON public.auto_top_up USING btree (wallet_id) WHERE (NOT is_armed)
CREATE INDEX burn_table_no_overlap ON public.burn_table USING gist (int8range((hashtextextended(((((org_id)::text || (audience_kind)::text) || ':'::text) || (audience_ref)::text), (0)::bigint) >> 1), (hashtextextended(((((org_id)::text || (audience_kind)::text) || ':'::text) || (audience_ref)::text), (0)::bigint) >> 1), '[]'::text), tstzrange(effective_from, effective_to)) WHERE ((status)::text = 'published'::text)
CREATE INDEX credit_grant_expiry ON public.credit_grant USING btree (expires_at) WHERE ((expires_at IS NOT NULL) AND (NOT is_spent))
CREATE INDEX credit_grant_unspent ON public.credit_grant USING btree (wallet_id) WHERE (NOT is_spent)
CREATE INDEX credit_grant_wallet ON public.credit_grant USING btree (wallet_id, id)
CREATE INDEX credit_hold_lease ON public.credit_hold USING btree (lease_expires_at) WHERE ((state)::text = 'open'::text)
CREATE INDEX credit_hold_wallet ON public.credit_hold USING btree (wallet_id, id)
CREATE INDEX customer_org ON public.customer USING btree (org_id, id)
CREATE INDEX external_identity_user ON public.external_identity USING btree (user_id)
CREATE INDEX gateway_call_open ON public.gateway_call USING btree (deadline_at) WHERE (ended_at IS NULL)
CREATE INDEX idempotency_key_expiry ON public.idempotency_key USING btree (expires_at)
CREATE INDEX invitation_org ON public.invitation USING btree (org_id, id)
CREATE INDEX job_cancel_deadline ON public.job USING btree (cancel_deadline) WHERE ((state)::text = 'CANCELLING'::text)
CREATE INDEX job_dead ON public.job USING btree (org_id, id) WHERE (((state)::text = 'FAILED'::text) AND (retried_by IS NULL))
CREATE INDEX job_due ON public.job USING btree (run_at) WHERE ((state)::text = 'SCHEDULED'::text)
CREATE INDEX job_event_org ON public.job_event USING btree (org_id, transaction_id) WHERE ((kind)::text = 'state'::text)
CREATE INDEX job_expiry ON public.job USING btree (expires_at) WHERE (((state)::text = ANY ((ARRAY['SCHEDULED'::character varying, 'QUEUED'::character varying])::text[])) AND (expires_at IS NOT NULL))
CREATE INDEX job_finished_at ON public.job USING btree (finished_at) WHERE ((finished_at IS NOT NULL) AND (purged_at IS NULL))
CREATE INDEX job_lease_expiry ON public.job USING btree (lease_expires_at) WHERE (lease_expires_at IS NOT NULL)
CREATE INDEX job_org ON public.job USING btree (org_id, id)
CREATE INDEX job_org_state ON public.job USING btree (org_id, state, id)
CREATE INDEX job_parked ON public.job USING btree (org_id, priority DESC, id) WHERE (((state)::text = 'QUEUED'::text) AND (slot IS NULL))
CREATE INDEX job_purged ON public.job USING btree (org_id, finished_at) WHERE (purged_at IS NOT NULL)
CREATE INDEX job_retention ON public.job USING btree ((((finished_at AT TIME ZONE 'UTC'::text) + make_interval(days => keep_days)))) WHERE ((finished_at IS NOT NULL) AND (purged_at IS NULL))
CREATE INDEX job_workspace ON public.job USING btree (workspace_id, id)
CREATE INDEX ledger_entry_wallet ON public.ledger_entry USING btree (wallet_id, transaction_id)
CREATE INDEX ledger_transaction_reverses ON public.ledger_transaction USING btree (reverses_id) WHERE (reverses_id IS NOT NULL)
CREATE INDEX membership_user ON public.membership USING btree (user_id)
CREATE INDEX one_time_token_expiry ON public.one_time_token USING btree (expires_at)
CREATE INDEX one_time_token_user ON public.one_time_token USING btree (user_id)
CREATE INDEX org_deletion_due ON public.org USING btree (deletion_due_at) WHERE ((deletion_due_at IS NOT NULL) AND (deleted_at IS NULL))
CREATE INDEX outbox_message_due ON public.outbox_message USING btree (available_at)
CREATE INDEX provider_price_model ON public.provider_price USING btree (org_id, provider, model)
CREATE INDEX provider_price_no_overlap ON public.provider_price USING gist (int8range((hashtextextended(((((org_id)::text || (provider)::text) || ':'::text) || (model)::text), (0)::bigint) >> 1), (hashtextextended(((((org_id)::text || (provider)::text) || ':'::text) || (model)::text), (0)::bigint) >> 1), '[]'::text), tstzrange(effective_from, effective_to))
CREATE INDEX recovery_code_user ON public.recovery_code USING btree (user_id)
CREATE INDEX refresh_token_session ON public.refresh_token USING btree (session_id)
CREATE INDEX rerating_org ON public.rerating USING btree (org_id, id)
CREATE INDEX top_up_due ON public.top_up USING btree (next_attempt_at) WHERE ((state)::text = 'pending'::text)
CREATE INDEX top_up_wallet ON public.top_up USING btree (wallet_id, id)
CREATE INDEX usage_adjustment_event ON public.usage_adjustment USING btree (org_id, usage_event_id)
CREATE INDEX usage_event_key_time ON ONLY public.usage_event_key USING brin (occurred_at) WITH (autosummarize='on')
CREATE INDEX usage_event_transaction ON ONLY public.usage_event USING brin (ledger_transaction_id) WITH (autosummarize='on')
CREATE INDEX usage_event_unrated ON ONLY public.usage_event USING btree (org_id, occurred_at, id) WHERE (cost_usd IS NULL)
CREATE INDEX usage_rollup_hour_customer ON public.usage_rollup_hour USING btree (org_id, customer_id, hour) WHERE ((customer_id)::text <> ''::text)
CREATE INDEX usage_rollup_hour_feature ON public.usage_rollup_hour USING btree (org_id, customer_id, feature_id, hour) WHERE ((feature_id)::text <> ''::text)
CREATE INDEX user_session_expiry ON public.user_session USING btree (expires_at)
CREATE INDEX user_session_user ON public.user_session USING btree (user_id, id)
CREATE INDEX webhook_delivery_changed ON public.webhook_delivery USING btree (endpoint_id, updated_at)
CREATE INDEX webhook_delivery_dead ON public.webhook_delivery USING btree (org_id, id) WHERE ((state)::text = 'DEAD'::text)
CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (endpoint_id, due_at) WHERE ((state)::text = ANY ((ARRAY['PENDING'::character varying, 'SENDING'::character varying])::text[]))
CREATE INDEX webhook_delivery_endpoint ON public.webhook_delivery USING btree (endpoint_id, id)
CREATE INDEX webhook_delivery_org ON public.webhook_delivery USING btree (org_id, id)
CREATE INDEX webhook_delivery_sending ON public.webhook_delivery USING btree (endpoint_id, due_at) WHERE ((state)::text = 'SENDING'::text)
CREATE INDEX webhook_endpoint_enabled ON public.webhook_endpoint USING btree (org_id) WHERE is_enabled
CREATE INDEX webhook_endpoint_org ON public.webhook_endpoint USING btree (org_id, id) WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX invitation_open ON public.invitation USING btree (org_id, lower((email)::text)) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL))
CREATE UNIQUE INDEX ledger_transaction_wallet ON public.ledger_transaction USING btree (wallet_id, seq)
CREATE UNIQUE INDEX refresh_token_usable ON public.refresh_token USING btree (session_id) WHERE (used_at IS NULL)
CREATE UNIQUE INDEX top_up_pending ON public.top_up USING btree (wallet_id) WHERE ((state)::text = 'pending'::text)
CREATE UNIQUE INDEX usage_adjustment_voided ON public.usage_adjustment USING btree (usage_event_id) WHERE ((kind)::text = 'voided'::text)
CREATE UNIQUE INDEX user_account_email ON public.user_account USING btree (lower((email)::text))
"""

TRIGGERS = """
CREATE TRIGGER api_key_hands_budgets_on AFTER UPDATE OF replaced_by_id ON public.api_key FOR EACH ROW WHEN (((old.replaced_by_id IS NULL) AND (new.replaced_by_id IS NOT NULL))) EXECUTE FUNCTION budgets_follow_key()
CREATE TRIGGER audit_checkpoint_append_only BEFORE DELETE OR UPDATE ON public.audit_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_checkpoint_no_truncate BEFORE TRUNCATE ON public.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_entry_queued AFTER INSERT ON public.audit_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION queue_for_sealing()
CREATE TRIGGER audit_head_advances BEFORE UPDATE ON public.audit_head FOR EACH ROW WHEN (((new.org_id <> old.org_id) OR (new.seq <= old.seq))) EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_head_kept BEFORE DELETE ON public.audit_head FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON public.audit_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_seal_append_only BEFORE DELETE OR UPDATE ON public.audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER burn_rule_immutable BEFORE INSERT OR DELETE OR UPDATE ON public.burn_rule FOR EACH ROW EXECUTE FUNCTION refuse_published_rule()
CREATE TRIGGER burn_table_immutable BEFORE DELETE OR UPDATE ON public.burn_table FOR EACH ROW WHEN (((old.status)::text = 'published'::text)) EXECUTE FUNCTION refuse_published_change()
CREATE TRIGGER credit_hold_usage AFTER UPDATE OF state ON public.credit_hold FOR EACH ROW WHEN (((new.usage_id IS NOT NULL) AND ((old.state)::text <> (new.state)::text))) EXECUTE FUNCTION entitlement_hold_ended()
CREATE TRIGGER gateway_call_limit AFTER UPDATE ON public.gateway_call REFERENCING OLD TABLE AS earlier NEW TABLE AS later FOR EACH STATEMENT EXECUTE FUNCTION gateway_call_ended()
CREATE TRIGGER job_event_place BEFORE INSERT ON public.job_event FOR EACH ROW WHEN ((((new.kind)::text = 'state'::text) AND (new.transaction_id IS NULL))) EXECUTE FUNCTION job_event_place()
CREATE TRIGGER job_final_state BEFORE UPDATE OF state ON public.job FOR EACH ROW WHEN (((old.state)::text = ANY ((ARRAY['SUCCEEDED'::character varying, 'FAILED'::character varying, 'CANCELLED'::character varying, 'EXPIRED'::character varying])::text[]))) EXECUTE FUNCTION refuse_job_resurrection()
CREATE TRIGGER ledger_entry_append_only BEFORE DELETE OR UPDATE ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER ledger_entry_zero_sum AFTER INSERT ON public.ledger_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION require_zero_sum()
CREATE TRIGGER ledger_transaction_append_only BEFORE DELETE OR UPDATE ON public.ledger_transaction FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER ledger_transaction_no_truncate BEFORE TRUNCATE ON public.ledger_transaction FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER plan_append_only BEFORE DELETE OR UPDATE ON public.plan FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER provider_price_immutable BEFORE DELETE OR UPDATE ON public.provider_price FOR EACH ROW EXECUTE FUNCTION refuse_published_change()
CREATE TRIGGER usage_adjustment_append_only BEFORE DELETE OR UPDATE ON public.usage_adjustment FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER usage_adjustment_no_truncate BEFORE TRUNCATE ON public.usage_adjustment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER usage_event_append_only BEFORE DELETE OR UPDATE ON public.usage_event FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER usage_latency_hour_added AFTER INSERT ON public.usage_latency_hour REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('launchkit.days'::text, true), ''::text) <> 'added'::text)) EXECUTE FUNCTION usage_roll_up_latencies()
CREATE TRIGGER usage_latency_hour_changed AFTER UPDATE ON public.usage_latency_hour REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('launchkit.days'::text, true), ''::text) <> 'added'::text)) EXECUTE FUNCTION usage_roll_up_latencies()
CREATE TRIGGER usage_latency_hour_taken AFTER DELETE ON public.usage_latency_hour REFERENCING OLD TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up_latencies()
CREATE TRIGGER usage_rollup_hour_added AFTER INSERT ON public.usage_rollup_hour REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('launchkit.days'::text, true), ''::text) <> 'added'::text)) EXECUTE FUNCTION usage_roll_up()
CREATE TRIGGER usage_rollup_hour_changed AFTER UPDATE ON public.usage_rollup_hour REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('launchkit.days'::text, true), ''::text) <> 'added'::text)) EXECUTE FUNCTION usage_roll_up()
CREATE TRIGGER usage_rollup_hour_taken AFTER DELETE ON public.usage_rollup_hour REFERENCING OLD TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up()
"""

FUNCTIONS = """
budgets_follow_key() RETURNS trigger
credit_add_grant(p_id uuid, p_org uuid, p_wallet uuid, p_key text, p_source text, p_category text, p_amount numeric, p_cost_basis numeric, p_currency text, p_priority smallint, p_feature text, p_effective timestamp with time zone, p_expires timestamp with time zone, p_note text, p_now timestamp with time zone, p_fingerprint bytea) RETURNS credit_result
credit_apply(p_operations jsonb) RETURNS SETOF credit_result
credit_apply_together(p_todo credit_operation[], p_wallets uuid[], p_budgets uuid[], p_starts timestamp with time zone[], OUT results credit_result[], OUT rest credit_operation[]) RETURNS record
credit_book_budgets(p_ids uuid[], p_starts timestamp with time zone[], p_held numeric, p_spent numeric) RETURNS void
credit_budgets(p_org uuid, p_environment text, p_kinds text[], p_refs text[], p_amount numeric, p_is_binding boolean, p_now timestamp with time zone, OUT ids uuid[], OUT starts timestamp with time zone[], OUT refused_kind text, OUT refused_ref text, OUT resets_at timestamp with time zone, OUT refused_amount numeric, OUT available numeric) RETURNS record
credit_claw_back(p_org uuid, p_grant uuid, p_tx uuid, p_key text, p_amount numeric, p_note text, p_now timestamp with time zone) RETURNS credit_result
credit_consume(p_org uuid, p_wallet uuid, p_tx uuid, p_key text, p_amount numeric, p_feature text, p_kinds text[], p_refs text[], p_allows_debt boolean, p_now timestamp with time zone, p_fingerprint bytea) RETURNS credit_result
credit_draw(p_ids uuid[], p_parts numeric[]) RETURNS void
credit_end_lease(p_hold uuid, p_now timestamp with time zone) RETURNS credit_result
credit_end_leases(p_now timestamp with time zone, p_limit integer) RETURNS integer
credit_expire(p_wallet uuid, p_now timestamp with time zone) RETURNS integer
credit_expire_due(p_now timestamp with time zone, p_limit integer) RETURNS integer
credit_lock(p_wallets uuid[], p_budgets uuid[], p_starts timestamp with time zone[]) RETURNS void
credit_period_end(p_period text, p_start timestamp with time zone) RETURNS timestamp with time zone
credit_period_start(p_period text, p_at timestamp with time zone) RETURNS timestamp with time zone
credit_pick(p_wallet uuid, p_need numeric, p_feature text, p_now timestamp with time zone, OUT ids uuid[], OUT parts numeric[], OUT total numeric) RETURNS record
credit_place_hold(p_id uuid, p_org uuid, p_wallet uuid, p_key text, p_amount numeric, p_feature text, p_kinds text[], p_refs text[], p_lease timestamp with time zone, p_now timestamp with time zone, p_fingerprint bytea) RETURNS credit_result
credit_post(p_tx uuid, p_org uuid, p_wallet uuid, p_kind text, p_key text, p_amount numeric, p_hold uuid, p_reverses uuid, p_note text, p_accounts text[], p_grants uuid[], p_amounts numeric[], p_released numeric, p_now timestamp with time zone, p_fingerprint bytea) RETURNS wallet
credit_refund(p_org uuid, p_of uuid, p_tx uuid, p_key text, p_amount numeric, p_note text, p_now timestamp with time zone) RETURNS credit_result
credit_release(p_org uuid, p_hold uuid, p_state text, p_now timestamp with time zone, p_environment text) RETURNS credit_result
credit_repay(p_wallet wallet, p_now timestamp with time zone) RETURNS wallet
credit_settle(p_org uuid, p_hold uuid, p_tx uuid, p_actual numeric, p_now timestamp with time zone, p_environment text) RETURNS credit_result
credit_standing(p_org uuid, p_environment text, p_customer text, p_now timestamp with time zone) RETURNS TABLE(tier text, team text, wallet uuid, debt numeric, features text[], free numeric[], budget_kinds text[], budget_periods text[], budget_amounts numeric[], budget_hard boolean[], budget_used numeric[])
credit_uuid7(p_now timestamp with time zone) RETURNS uuid
credit_wallet_for(p_org uuid, p_environment text, p_ref text, p_id uuid, OUT wallet uuid, OUT customer text, OUT team text) RETURNS record
drop_usage_partitions(p_before timestamp with time zone, p_limit integer) RETURNS integer
ensure_usage_partitions(at timestamp with time zone) RETURNS void
entitlement_hold_ended() RETURNS trigger
entitlement_reserve(p_hold uuid, p_org uuid, p_environment text, p_customer text, p_feature text, p_key text, p_credits numeric, p_tokens numeric, p_kinds text[], p_refs text[], p_lease timestamp with time zone, p_now timestamp with time zone, p_fingerprint bytea) RETURNS entitlement_result
entitlement_used(p_org uuid, p_environment text, p_customer text, p_feature text, p_unit text, p_start timestamp with time zone, p_end timestamp with time zone) RETURNS numeric
gateway_call_ended() RETURNS trigger
gateway_close(p_calls jsonb) RETURNS SETOF uuid
gateway_close_saving(p_calls jsonb) RETURNS SETOF uuid
gateway_is_plain(p_org uuid, p_customer text, p_feature text) RETURNS boolean
gateway_open(p_calls jsonb) RETURNS SETOF entitlement_result
gateway_renew(p_calls uuid[], p_deadline timestamp with time zone, p_lease timestamp with time zone) RETURNS void
gateway_reserve_unpaid(c gateway_opening, OUT answer entitlement_result, OUT usage uuid, OUT amount numeric) RETURNS record
job_concurrency(p_org uuid) RETURNS integer
job_dispatch_parked(p_now timestamp with time zone, p_limit integer) RETURNS SETOF job_dispatched
job_event_place() RETURNS trigger
job_hand_on(p_org uuid, p_slot smallint, p_job uuid, p_now timestamp with time zone) RETURNS SETOF job_dispatched
job_hand_on_all(p_jobs uuid[], p_now timestamp with time zone) RETURNS SETOF job_dispatched
job_hold(p_job uuid, p_hold uuid, p_org uuid, p_workspace uuid, p_customer text, p_kind text, p_key uuid, p_credits numeric, p_lease timestamp with time zone, p_now timestamp with time zone) RETURNS uuid
job_next(p_org uuid, p_now timestamp with time zone) RETURNS uuid
job_payer(p_org uuid, p_workspace uuid, p_customer text, p_key uuid, OUT wallet uuid, OUT kinds text[], OUT refs text[]) RETURNS record
job_release(p_jobs uuid[], p_now timestamp with time zone) RETURNS void
job_require_tokens(p_org uuid, p_tokens bigint, p_now timestamp with time zone) RETURNS boolean
job_send(p_org uuid, p_job uuid, p_slot smallint, p_now timestamp with time zone) RETURNS job_dispatched
job_settle(p_job uuid, p_hold uuid, p_org uuid, p_workspace uuid, p_customer text, p_kind text, p_key uuid, p_tx uuid, p_credits numeric, p_now timestamp with time zone) RETURNS uuid
job_take_slot(p_org uuid, p_job uuid) RETURNS smallint
plan_tokens_used(p_org uuid, p_now timestamp with time zone) RETURNS numeric
queue_for_sealing() RETURNS trigger
refuse_change() RETURNS trigger
refuse_job_resurrection() RETURNS trigger
refuse_published_change() RETURNS trigger
refuse_published_rule() RETURNS trigger
require_rows(actual bigint, expected bigint) RETURNS bigint
require_zero_sum() RETURNS trigger
usage_add_days(p_hours usage_rollup_hour[]) RETURNS void
usage_add_latencies(p_hours usage_latency_hour[]) RETURNS void
usage_draw(p_org uuid, p_wallet uuid, p_tx uuid, p_credits numeric, p_feature text, p_now timestamp with time zone) RETURNS void
usage_drawn(p_org uuid, p_id uuid, p_at timestamp with time zone) RETURNS TABLE(n integer, transaction_id uuid, credits numeric)
usage_ingest(p_now timestamp with time zone, p_draws boolean, g_org uuid[], g_hour timestamp with time zone[], g_workspace uuid[], g_key uuid[], g_customer text[], g_user text[], g_feature text[], g_provider text[], g_model text[], g_environment text[], k_type text[], k_cost_ref text[], k_burn_ref text[], k_unit text[], k_size text[], k_quality text[], e_group integer[], e_kind integer[], e_id uuid[], e_event text[], e_digest bytea[], e_at timestamp with time zone[], e_input bigint[], e_output bigint[], e_cached bigint[], e_written bigint[], e_reasoning bigint[], e_cost numeric[], e_credits numeric[], e_revenue numeric[], e_quantity numeric[], e_latency integer[], e_bucket smallint[], e_properties text[]) RETURNS TABLE(n bigint, digest bytea)
usage_roll_up() RETURNS trigger
usage_roll_up_latencies() RETURNS trigger
usage_slot() RETURNS smallint
usage_spend(p_now timestamp with time zone, g_org uuid[], g_environment text[], g_key uuid[], g_customer text[], g_user text[], g_tx uuid[], e_group integer[], e_credits numeric[]) RETURNS void
usage_void(p_org uuid, p_now timestamp with time zone, p_batch uuid, c_event text[], c_digest bytea[], c_id uuid[], c_target uuid[], c_at timestamp with time zone[], c_supersedes boolean[]) RETURNS TABLE(n bigint, digest bytea)
usage_wallets(p_orgs uuid[], p_environments text[], p_customers text[]) RETURNS TABLE(n bigint, wallet_id uuid)
webhook_delivery_id(message uuid, endpoint uuid) RETURNS uuid
"""

PARTITIONED = """
usage_event: RANGE (occurred_at)
usage_event_key: HASH (org_id, event_id)
"""

_CONSTRAINTS = """
SELECT relname || '.' || conname || ': ' || pg_get_constraintdef(c.oid) AS line
FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND NOT relispartition AND relname <> 'aerich'
"""
_INDEXES = """
SELECT pg_get_indexdef(i.oid) AS line FROM pg_index x
JOIN pg_class i ON i.oid = indexrelid JOIN pg_class t ON t.oid = indrelid
WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND t.relname <> 'aerich'
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
"""
_TRIGGERS = "SELECT pg_get_triggerdef(oid) AS line FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0"
_FUNCTIONS = """
SELECT format('%s(%s) RETURNS %s', proname, pg_get_function_identity_arguments(oid), pg_get_function_result(oid))
    AS line
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
_PARTITIONED = """
SELECT relname || ': ' || pg_get_partkeydef(oid) AS line FROM pg_class
WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace
"""
_PARTITIONS = """
SELECT relname, pg_get_expr(relpartbound, oid) AS bound FROM pg_class
WHERE relispartition AND relkind = 'r' AND relname LIKE $1
"""
_COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull AS required
FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
"""


async def lines(connection: Connection, query: str) -> list[str]:
    """Of the catalogue; checks without the casts and parentheses that PostgreSQL puts in."""
    found = [row["line"] for row in await connection.fetch(query)]
    return sorted(_plain(line) if ": CHECK" in line else line for line in found)


def _plain(check: str) -> str:
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", check)


def listed(text: str) -> list[str]:
    return sorted(text.strip().splitlines())


async def python(code: str, *arguments: str) -> str:
    """What a process of its own prints: the migration tool keeps its state in the process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        textwrap.dedent(code),
        *arguments,
        cwd=REPOSITORY,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode().strip()


async def migrate(database_url: str) -> str:
    return await python(
        """
        import asyncio, sys
        from app.infra import migrations
        print(*asyncio.run(migrations.migrate(sys.argv[1])))
        """,
        database_url,
    )


@dataclass(frozen=True)
class Migrated:
    url: str
    applied: list[str]
    """What each of the processes that migrated at once says it applied."""


@pytest.fixture(scope="module")
async def migrated(servers: embedded.Servers) -> AsyncIterator[Migrated]:
    async with empty_database(servers.database_url) as url:
        assert await migrations.status(url) == migrations.Status([], migrations.available())
        yield Migrated(url, await asyncio.gather(*(migrate(url) for _ in range(3))))


@pytest.fixture
async def connection(migrated: Migrated) -> AsyncIterator[Connection]:
    """In a transaction that is rolled back."""
    opened = await asyncpg.connect(migrated.url, server_settings={"timezone": "UTC"})
    transaction = opened.transaction()
    await transaction.start()
    try:
        yield opened
    finally:
        await transaction.rollback()
        await opened.close()


class TestMigrate:
    async def test_is_done_by_one_of_three_that_start_at_once(self, migrated: Migrated) -> None:
        assert sorted(migrated.applied) == ["", "", " ".join(migrations.available())]

    async def test_leaves_nothing_pending(self, migrated: Migrated) -> None:
        assert await migrations.status(migrated.url) == migrations.Status(migrations.available(), [])
        assert await migrations.migrate(migrated.url) == []

    async def test_refuses_a_database_of_another_history(
        self, connection: Connection, migrated: Migrated, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = migrations.available()
        monkeypatch.setattr(migrations, "available", lambda: known[:-1])
        assert await migrations.migrate(migrated.url) == [], (
            "of a newer version alone, as while it is rolled out"
        )
        monkeypatch.setattr(migrations, "available", lambda: [*known[:-1], "99_another.py"])
        with pytest.raises(SettingsError, match="LAUNCHKIT_DATA_DIR"):
            await migrations.migrate(migrated.url)

    async def test_waits_for_the_process_that_migrates(
        self, servers: embedded.Servers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        upgraded: list[str] = []

        async def upgrade(database_url: str) -> list[str]:
            upgraded.append(database_url)
            return []

        monkeypatch.setattr(migrations, "_upgrade", upgrade)
        monkeypatch.setattr(migrations, "_POLL_SECONDS", 0.01)
        async with empty_database(servers.database_url) as url:
            holder = await asyncpg.connect(url)
            await holder.fetch("SELECT pg_advisory_lock(hashtext('launchkit.migrations'))")
            waiting = asyncio.create_task(migrations.migrate(url))
            asks = "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND query LIKE $1"
            await until(
                lambda: _finds(holder, asks, "%pg_try_advisory_lock%"), "somebody to ask for the lock"
            )
            assert not upgraded

            with monkeypatch.context() as patch:
                patch.setattr(migrations, "_PATIENCE_SECONDS", 0.05)
                with pytest.raises(migrations.MigrationTimeout):
                    await migrations.migrate(url)
            assert not upgraded

            await holder.close()
            await waiting
            assert upgraded == [url]

    async def test_can_be_undone_and_done_again(self, servers: embedded.Servers) -> None:
        async with empty_database(servers.database_url) as url:
            await migrate(url)
            await python(
                """
                import asyncio, sys
                from aerich import Command
                from app.infra import migrations, orm

                async def main():
                    async with Command(orm.config(sys.argv[1]), "models", str(migrations.location())) as command:
                        for _ in migrations.available():
                            await command.downgrade(version=-1, delete=False)

                asyncio.run(main())
                """,
                url,
            )
            connection = await asyncpg.connect(url)
            try:
                left = await connection.fetch(
                    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                    "AND relname NOT LIKE 'aerich%' "
                    "UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                )
                assert [row["name"] for row in left] == []

                assert await migrate(url) == " ".join(migrations.available())
                assert await lines(connection, _CONSTRAINTS) == listed(CONSTRAINTS)
            finally:
                await connection.close()

    async def test_is_what_the_tool_would_write_for_the_models_today(self, tmp_path: Path) -> None:
        written = await python(
            """
            import asyncio, shutil, sys
            from aerich import Command
            from app.infra import migrations, orm

            async def main():
                shutil.copytree(migrations.location(), sys.argv[1])
                command = Command(orm.config("postgresql://127.0.0.1/nowhere"), "models", sys.argv[1])
                await command.init(offline=True)
                print(await command.migrate("change", no_input=True, offline=True))

            asyncio.run(main())
            """,
            str(tmp_path / "migrations"),
        )

        assert written == "", "the models changed: make migration name=…"


async def _finds(connection: Connection, query: str, *args: object) -> bool:
    return bool(await connection.fetch(query, *args))


class TestCatalogue:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            pytest.param(_CONSTRAINTS, CONSTRAINTS, id="constraints"),
            pytest.param(_INDEXES, INDEXES, id="indexes"),
            pytest.param(_TRIGGERS, TRIGGERS, id="triggers"),
            pytest.param(_FUNCTIONS, FUNCTIONS, id="functions"),
            pytest.param(_PARTITIONED, PARTITIONED, id="partitioned"),
        ],
    )
    async def test_is_as_listed(self, connection: Connection, query: str, expected: str) -> None:
        assert await lines(connection, query) == listed(expected)

    async def test_spreads_the_deduplication_keys_over_sixteen_partitions(
        self, connection: Connection
    ) -> None:
        rows = await connection.fetch(_PARTITIONS, "usage\\_event\\_key\\_%")

        assert {row["relname"]: row["bound"] for row in rows} == {
            f"usage_event_key_{part:02}": f"FOR VALUES WITH (modulus 16, remainder {part})"
            for part in range(16)
        }

    async def test_has_a_partition_for_times_that_nobody_foresaw(self, connection: Connection) -> None:
        rows = await connection.fetch(_PARTITIONS, "usage\\_event\\_default")

        assert [row["bound"] for row in rows] == ["DEFAULT"]

    async def test_gives_every_partition_the_triggers_of_its_table(self, connection: Connection) -> None:
        naked = await connection.fetch(
            "SELECT relname FROM pg_class p JOIN pg_inherits ON inhrelid = p.oid "
            "WHERE inhparent = 'usage_event'::regclass "
            "AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = p.oid AND tgname = 'usage_event_append_only')"
        )

        assert naked == []


class TestModels:
    @pytest.fixture(autouse=True)
    def _models(self, settings: Settings) -> None:
        """The ORM is open, so the models know their columns."""

    def tables(self) -> Mapping[str, Mapping[str, Field[object]]]:
        assert Tortoise.apps is not None
        return {
            model._meta.db_table: {
                column: model._meta.fields_map[name]
                for name, column in model._meta.fields_db_projection.items()
            }
            for model in Tortoise.apps["models"].values()
        }

    async def test_cover_every_table(self, connection: Connection) -> None:
        rows = await connection.fetch(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition "
            "AND relnamespace = 'public'::regnamespace"
        )

        assert {row["relname"] for row in rows} == set(self.tables())

    async def test_match_the_columns_of_their_tables(self, connection: Connection) -> None:
        for table, fields in self.tables().items():
            columns = {row["attname"]: row for row in await connection.fetch(_COLUMNS, table)}

            assert {name: describe(field) for name, field in fields.items()} == {
                name: (row["type"].replace("jsonb", "json"), row["required"]) for name, row in columns.items()
            }, table


def describe(field: "Field[object]") -> tuple[str, bool]:
    """As PostgreSQL's catalogue says it; JSON and JSONB read and write the same."""
    names = {
        "BOOL": "boolean",
        "VARCHAR": "character varying",
        "TIMESTAMPTZ": "timestamp with time zone",
        "DECIMAL": "numeric",
        "INT": "integer",
        "SERIAL": "integer",
        "JSONB": "json",
    }
    declared = str(field.get_for_dialect("postgres", "SQL_TYPE")).upper()
    base = re.split(r"[( \[]", declared)[0]
    return (names.get(base, base.lower()) + declared[len(base) :].lower().split(" ")[0], not field.null)


class TestAppendOnly:
    async def insert_audit_entry(self, connection: Connection) -> None:
        await connection.execute(
            "INSERT INTO audit_entry (id, org_id, at, action, principal_kind, principal_id, target_type, changes) "
            "VALUES ($1, $1, now(), 'org.created', 'user', $1, 'org', '{}')",
            uuid4(),
        )

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
    )
    async def test_is_what_the_audit_log_is(self, connection: Connection, statement: str) -> None:
        await self.insert_audit_entry(connection)

        with pytest.raises(asyncpg.PostgresError, match="audit_entry is append-only") as raised:
            await connection.execute(statement)
        assert raised.value.sqlstate == "LK002"

    @pytest.mark.parametrize("when", [timedelta(0), timedelta(days=3650)], ids=["month", "default"])
    @pytest.mark.parametrize("through", ["table", "partition"])
    @pytest.mark.parametrize("verb", ["UPDATE {} SET credits = 0", "DELETE FROM {}"])
    async def test_is_what_usage_is_in_every_partition(
        self, connection: Connection, when: timedelta, through: str, verb: str
    ) -> None:
        await insert_usage(connection, datetime.now(UTC) + when)
        partition: str = await connection.fetchval("SELECT tableoid::regclass::text FROM usage_event")
        assert partition != "usage_event"

        with pytest.raises(asyncpg.PostgresError, match="append-only") as raised:
            await connection.execute(verb.format("usage_event" if through == "table" else partition))
        assert raised.value.sqlstate == "LK002"


class TestJobTable:
    FINAL = ("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED")
    LEASED = ("RUNNING", "CANCELLING")
    ALL = ("SCHEDULED", "QUEUED", *LEASED, *FINAL)

    async def insert(
        self, connection: Connection, state: str, *, finished: bool, token: bool = False, until: bool = False
    ) -> UUID:
        job_id = uuid4()
        now = datetime.now(UTC)
        await connection.execute(
            "INSERT INTO job (id, org_id, workspace_id, kind, state, seq, max_attempts, input, estimated_tokens, "
            "created_by_kind, created_by_id, created_at, run_at, finished_at, lease_token, lease_expires_at, "
            "cancel_deadline) "
            "VALUES ($1, $1, $1, 'k', $2, 1, 3, '{}', 0, 'user', $1, $3, $3, $4, $5, $6, $3)",
            job_id,
            state,
            now,
            now if finished else None,
            uuid4() if token else None,
            now if until else None,
        )
        return job_id

    async def insert_valid(self, connection: Connection, state: str) -> UUID:
        leased = state in self.LEASED
        return await self.insert(connection, state, finished=state in self.FINAL, token=leased, until=leased)

    @pytest.mark.parametrize("state", ALL)
    async def test_holds_a_lease_exactly_while_it_runs(self, connection: Connection, state: str) -> None:
        await self.insert_valid(connection, state)
        finished = state in self.FINAL
        wrong = [(False, False), (True, False), (False, True)] if state in self.LEASED else [(True, True)]

        for token, expiry in wrong:
            with pytest.raises(asyncpg.CheckViolationError, match="job_lease"):
                async with connection.transaction():
                    await self.insert(connection, state, finished=finished, token=token, until=expiry)

    @pytest.mark.parametrize("state", ALL)
    async def test_has_an_end_exactly_when_it_ended(self, connection: Connection, state: str) -> None:
        leased = state in self.LEASED

        with pytest.raises(asyncpg.CheckViolationError, match="job_finished"):
            await self.insert(connection, state, finished=state not in self.FINAL, token=leased, until=leased)

    @pytest.mark.parametrize("state", FINAL)
    async def test_never_leaves_a_final_state(self, connection: Connection, state: str) -> None:
        job_id = await self.insert_valid(connection, state)

        for other in self.ALL:
            with pytest.raises(asyncpg.PostgresError, match="which is final") as raised:
                async with connection.transaction():
                    await connection.execute(
                        "UPDATE job SET state = $2::text, finished_at = CASE WHEN $3 THEN now() END WHERE id = $1",
                        job_id,
                        other,
                        other in self.FINAL,
                    )
            assert raised.value.sqlstate == "LK003"

    async def test_may_move_between_states_that_are_not_final(self, connection: Connection) -> None:
        job_id = await self.insert_valid(connection, "QUEUED")

        assert (
            await connection.execute("UPDATE job SET state = 'SCHEDULED' WHERE id = $1", job_id) == "UPDATE 1"
        )

    @pytest.mark.parametrize(("column", "value"), [("progress", 101), ("progress", -1)])
    async def test_keeps_progress_in_percent(self, connection: Connection, column: str, value: int) -> None:
        job_id = await self.insert_valid(connection, "QUEUED")

        with pytest.raises(asyncpg.CheckViolationError, match="job_progress"):
            await connection.execute(f"UPDATE job SET {column} = $2 WHERE id = $1", job_id, value)

    async def test_knows_no_other_state(self, connection: Connection) -> None:
        with pytest.raises(asyncpg.CheckViolationError, match="job_state"):
            await self.insert(connection, "PAUSED", finished=False)


async def insert_usage(connection: Connection, occurred_at: datetime) -> None:
    await connection.execute(
        "INSERT INTO usage_event (id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, provider, "
        "model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, usage_source, "
        "credits, burn_ref, properties) "
        "VALUES ($1, $1, $1, $2, 'TOKEN_USAGE', $3, $3, 'p', 'm', 0, 0, 0, 0, 0, 'provider', 0, 'b', '{}')",
        uuid4(),
        str(uuid4()),
        occurred_at,
    )


async def months(connection: Connection, year: int) -> dict[str, str]:
    rows = await connection.fetch(_PARTITIONS, f"usage\\_event\\_{year}\\_%")
    return {row["relname"]: row["bound"] for row in rows}


async def partition_of(connection: Connection, occurred_at: datetime) -> str:
    await insert_usage(connection, occurred_at)
    name: str = await connection.fetchval(
        "SELECT tableoid::regclass::text FROM usage_event WHERE occurred_at = $1", occurred_at
    )
    return name


ENSURE = "SELECT ensure_usage_partitions($1)"


class TestEnsureUsagePartitions:
    async def test_was_run_by_the_migration_for_the_months_around_now(self, connection: Connection) -> None:
        now = datetime.now(UTC)

        # A late event of 34 days ago and one of 10 minutes ahead.
        for at in (now, now - timedelta(days=34), now + timedelta(minutes=10)):
            assert await partition_of(connection, at) == f"usage_event_{at:%Y_%m}"

    @pytest.mark.parametrize(
        "at",
        [
            datetime(2031, 1, 1, tzinfo=UTC),
            datetime(2031, 1, 31, 23, 59, 59, 999_999, tzinfo=UTC),
            datetime(2031, 1, 31, 12, tzinfo=UTC),
        ],
    )
    async def test_makes_two_months_back_and_three_ahead(self, connection: Connection, at: datetime) -> None:
        await connection.execute(ENSURE, at)

        made = await months(connection, 2030) | await months(connection, 2031)
        assert sorted(made) == [
            "usage_event_2030_11",
            "usage_event_2030_12",
            "usage_event_2031_01",
            "usage_event_2031_02",
            "usage_event_2031_03",
            "usage_event_2031_04",
        ]
        assert made["usage_event_2031_02"] == (
            "FOR VALUES FROM ('2031-02-01 00:00:00+00') TO ('2031-03-01 00:00:00+00')"
        )

    @pytest.mark.parametrize("time_zone", ["America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"])
    async def test_cuts_the_months_in_utc_whoever_asks(self, connection: Connection, time_zone: str) -> None:
        await connection.execute(f"SET LOCAL TIME ZONE '{time_zone}'")
        await connection.execute(ENSURE, datetime(2031, 4, 1, tzinfo=UTC))
        await connection.execute("SET LOCAL TIME ZONE 'UTC'")

        for year, month in ((2031, 2), (2031, 3), (2031, 4), (2031, 7)):
            first = datetime(year, month, 1, tzinfo=UTC)
            last = datetime(year, month + 1, 1, tzinfo=UTC) - timedelta(microseconds=1)
            for at in (first, last):
                assert await partition_of(connection, at) == f"usage_event_{year}_{month:02}"

    async def test_may_be_repeated(self, connection: Connection) -> None:
        for at in (
            datetime(2031, 1, 15, tzinfo=UTC),
            datetime(2031, 1, 15, tzinfo=UTC),
            datetime(2031, 2, 1, tzinfo=UTC),
        ):
            await connection.execute(ENSURE, at)

        assert len(await months(connection, 2031)) == 5

    async def test_may_be_raced(self, migrated: Migrated) -> None:
        at = datetime(2035, 6, 15, tzinfo=UTC)
        opened = [await asyncpg.connect(migrated.url) for _ in range(4)]
        try:
            await asyncio.gather(*(each.execute(ENSURE, at) for each in opened))

            made = sorted(await months(opened[0], 2035))
            assert made == [f"usage_event_2035_{month:02}" for month in range(4, 10)]
            await opened[0].execute(f"DROP TABLE {', '.join(made)}")
        finally:
            for each in opened:
                await each.close()

    async def test_goes_on_where_an_event_came_before_its_month(self, connection: Connection) -> None:
        """It lies in the default partition then, and stays there: readable, and in nobody's way."""
        stray = datetime(2031, 2, 14, tzinfo=UTC)
        assert await partition_of(connection, stray) == "usage_event_default"

        await connection.execute(ENSURE, datetime(2031, 1, 15, tzinfo=UTC))

        assert sorted(await months(connection, 2031)) == [
            "usage_event_2031_01",
            "usage_event_2031_03",
            "usage_event_2031_04",
        ]
        assert (
            await connection.fetchval("SELECT count(*) FROM usage_event WHERE occurred_at = $1", stray) == 1
        )
        assert await partition_of(connection, stray + timedelta(days=1)) == "usage_event_default"
