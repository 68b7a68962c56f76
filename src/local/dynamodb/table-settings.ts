import { AwsError } from '../services';

type Input = Readonly<Record<string, any>>;

interface Settings {
  timeToLive: { readonly AttributeName: string; readonly Enabled: boolean } | undefined;
  pointInTimeRecovery: boolean;
}

/**
 * Time to live and point-in-time recovery of tables, which the engine knows nothing of. They are kept and told; nothing
 * expires, as AWS itself takes up to 48 hours.
 */
export class TableSettings {
  private readonly tables = new Map<string, Settings>();

  /** The operations that it answers. */
  readonly operations: Readonly<Record<string, (table: string, input: Input) => object>> = {
    DescribeTimeToLive: (table) => ({ TimeToLiveDescription: this.timeToLive(table) }),
    UpdateTimeToLive: (table, input) => this.updateTimeToLive(table, input),
    DescribeContinuousBackups: (table) => this.continuousBackups(table),
    UpdateContinuousBackups: (table, input) => {
      const specification = input.PointInTimeRecoverySpecification as { PointInTimeRecoveryEnabled: boolean };
      this.of(table).pointInTimeRecovery = specification.PointInTimeRecoveryEnabled;
      return this.continuousBackups(table);
    },
  };

  /** Tables whose items expire, and the attribute that says when. */
  expiring(): { readonly table: string; readonly attribute: string }[] {
    return [...this.tables].flatMap(([table, { timeToLive }]) =>
      timeToLive?.Enabled ? [{ table, attribute: timeToLive.AttributeName }] : [],
    );
  }

  forget(table: string): void {
    this.tables.delete(table);
  }

  private of(table: string): Settings {
    let settings = this.tables.get(table);
    if (!settings) this.tables.set(table, (settings = { timeToLive: undefined, pointInTimeRecovery: false }));
    return settings;
  }

  private timeToLive(table: string): object {
    const { timeToLive } = this.of(table);
    if (!timeToLive?.Enabled) return { TimeToLiveStatus: 'DISABLED' };
    return { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.AttributeName };
  }

  private updateTimeToLive(table: string, input: Input): object {
    const specification = input.TimeToLiveSpecification as { AttributeName: string; Enabled: boolean };
    const enabled = this.of(table).timeToLive?.Enabled ?? false;
    if (enabled === specification.Enabled) {
      throw new AwsError('ValidationException', `TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
    }
    this.of(table).timeToLive = specification;
    return { TimeToLiveSpecification: specification };
  }

  private continuousBackups(table: string): object {
    const status = this.of(table).pointInTimeRecovery ? 'ENABLED' : 'DISABLED';
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
      },
    };
  }
}
