import type { ComponentType } from 'react';
import type { Permission } from '@/api/client';
import { ShiftCards } from '@/org/MyShifts';
import { DeskCards } from '@/service_desk/phone/DeskCards';
import { OrderCards } from '@/service_desk/phone/OrdersScreen';

/** What a context puts on the phone's first page; shown when the person holds the permission. */
export interface PhoneCards {
  key: string;
  permission: Permission;
  /** Shows its own heading and cards; renders nothing when it has nothing to show. */
  Cards: ComponentType;
}

/** One line per context, most urgent first. */
export const phoneCards: PhoneCards[] = [
  { key: 'orders', permission: 'order.work', Cards: OrderCards },
  { key: 'shifts', permission: 'roster.read', Cards: ShiftCards },
  { key: 'desk', permission: 'repair.create', Cards: DeskCards },
];
